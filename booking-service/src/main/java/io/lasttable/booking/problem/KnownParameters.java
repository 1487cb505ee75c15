package io.lasttable.booking.problem;

import io.lasttable.booking.json.Mistakes;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * A query parameter that its resource does not read is refused, as an unknown member of a body is: a filter with a typo must not
 * filter nothing. One that comes twice where it is read once is refused too, and so are values that are no text.
 */
final class KnownParameters {

    /** What decoding leaves where the percent-encoded bytes are no UTF-8. */
    private static final char LOST = '\ufffd';

    /** Of a resource method, each parameter and whether it may be repeated. */
    private final Map<Method, Map<String, Boolean>> known = new ConcurrentHashMap<>();

    private final HttpServerRequest request;

    KnownParameters(HttpServerRequest request) {
        this.request = request;
    }

    @ServerRequestFilter
    void check(ResourceInfo resource, UriInfo uri) {
        if (request.query() == null) {
            return;
        }
        Map<String, Boolean> parameters = known.computeIfAbsent(resource.getResourceMethod(), KnownParameters::of);
        Mistakes mistakes = new Mistakes();
        new TreeMap<>(uri.getQueryParameters()).forEach((name, values) -> check(name, values, parameters, mistakes));
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes);
        }
    }

    private static void check(String name, List<String> values, Map<String, Boolean> parameters, Mistakes mistakes) {
        String pointer = "/query/" + name.replace("~", "~0").replace("/", "~1");
        if (!parameters.containsKey(name)) {
            mistakes.add(
                    pointer,
                    "is not known here"
                            + (parameters.isEmpty()
                                    ? ", nor is any other"
                                    : "; known are " + String.join(", ", parameters.keySet())));
        } else if (values.size() > 1 && !parameters.get(name)) {
            mistakes.add(pointer, "is given more than once");
        } else if (values.stream().anyMatch(KnownParameters::isNoText)) {
            mistakes.add(pointer, "must be UTF-8 without control characters");
        }
    }

    private static boolean isNoText(String value) {
        return value.chars().anyMatch(c -> Character.isISOControl(c) || c == LOST);
    }

    private static Map<String, Boolean> of(Method method) {
        Map<String, Boolean> parameters = new TreeMap<>();
        for (Parameter parameter : method.getParameters()) {
            add(parameter, parameter.getType(), parameters);
            if (parameter.isAnnotationPresent(BeanParam.class)) {
                for (Field field : parameter.getType().getDeclaredFields()) {
                    add(field, field.getType(), parameters);
                }
            }
        }
        return parameters;
    }

    private static void add(AnnotatedElement read, Class<?> type, Map<String, Boolean> parameters) {
        QueryParam query = read.getAnnotation(QueryParam.class);
        if (query != null) {
            parameters.put(query.value(), Collection.class.isAssignableFrom(type));
        }
    }
}
