package io.lasttable.availability.problem;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Tells problems in the caller's language, wherever they were made. */
final class ProblemLanguage {

    @ServerResponseFilter
    void translate(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof ProblemDocument problem) {
            Words words = Words.in(request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
            response.setEntity(words.translated(problem));
            response.getHeaders().putSingle(HttpHeaders.CONTENT_LANGUAGE, words.languages(problem));
        }
    }
}
