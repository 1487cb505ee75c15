package io.lasttable.availability.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** A problem as RFC 9457 wants it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProblemDocument(
        String type,
        String title,
        int status,
        String detail,
        List<Problem.Violation> errors,
        String venueId,
        String date) {

    public static final String MEDIA_TYPE = "application/problem+json";

    static ProblemDocument of(Problem problem) {
        if (problem instanceof Problem.ValidationError e) {
            return new ProblemDocument(
                    type("validation-error"), "The request is not valid", 400, said(e), e.errors(), null, null);
        }
        if (problem instanceof Problem.UnknownVenue e) {
            String detail = "No venue \"" + e.venueId() + "\" is published. Check the id.";
            return new ProblemDocument(type("unknown-venue"), "Unknown venue", 404, detail, null, e.venueId(), null);
        }
        if (problem instanceof Problem.UnknownDay e) {
            String detail = "The venue has no day " + e.date() + ": it lies outside what can be booked now.";
            return new ProblemDocument(type("unknown-day"), "Unknown day", 404, detail, null, e.venueId(), e.date());
        }
        if (problem instanceof Problem.RateLimited) {
            return plain("rate-limited", "Too many requests", 429, "Wait as Retry-After says, then ask more slowly.");
        }
        if (problem instanceof Problem.Overloaded) {
            return plain("overloaded", "Not able to answer now", 503, "Try again after Retry-After seconds.");
        }
        if (problem instanceof Problem.Refused e) {
            return refused(e.status());
        }
        return plain(
                "unexpected", "Unexpected error", 500, "The error is on our side and was logged. Try again later.");
    }

    private static ProblemDocument refused(int status) {
        return switch (status) {
            case 404 ->
                plain(
                        "not-found",
                        "No such resource",
                        status,
                        "The OpenAPI document has the paths: /v1/openapi/availability.yaml.");
            case 405 -> plain("method-not-allowed", "This is only read", status, "Use GET, HEAD or OPTIONS.");
            case 406 -> plain("not-acceptable", "Only application/json is offered", status, "Accept application/json.");
            case 413 -> plain("too-large", "The request is too large", status, "A read needs no body.");
            case 414 -> plain("uri-too-long", "The address is too long", status, "Shorten it to below 4,096 bytes.");
            case 415 -> plain("unsupported-media-type", "A read takes no body", status, "Send no body.");
            default ->
                new ProblemDocument(
                        "about:blank",
                        Response.Status.fromStatusCode(status) == null
                                ? "Refused"
                                : Response.Status.fromStatusCode(status).getReasonPhrase(),
                        status,
                        null,
                        null,
                        null,
                        null);
        };
    }

    private static ProblemDocument plain(String name, String title, int status, String detail) {
        return new ProblemDocument(type(name), title, status, detail, null, null, null);
    }

    private static String said(Problem.ValidationError problem) {
        Problem.Violation first = problem.errors().get(0);
        return first.pointer() + ": " + first.detail();
    }

    private static String type(String name) {
        return "/problems/" + name;
    }
}
