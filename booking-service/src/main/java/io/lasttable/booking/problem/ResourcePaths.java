package io.lasttable.booking.problem;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which methods and media types a path takes, from the resources' annotations: the difference between 404 and 405, which gets lost
 * where the paths of several resource classes share a beginning, and what is right when something else came.
 */
@ApplicationScoped
class ResourcePaths {

    private record Known(Pattern path, String method, Set<String> consumed, Set<String> produced) {}

    private final List<Known> known = new ArrayList<>();

    ResourcePaths(BeanManager beans) {
        for (Bean<?> bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
            Path path = bean.getBeanClass().getAnnotation(Path.class);
            if (path != null) {
                add(path.value(), bean.getBeanClass());
            }
        }
    }

    /** The methods that are taken there, those that come with them too; none when the path leads nowhere. */
    Set<String> methods(String path) {
        Set<String> methods = at(path).map(Known::method).collect(Collectors.toCollection(TreeSet::new));
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        if (!methods.isEmpty()) {
            methods.add(HttpMethod.OPTIONS);
        }
        return methods;
    }

    /** The media types that a body may have there. */
    Set<String> consumed(String path, String method) {
        return types(path, method, Known::consumed);
    }

    /** The media types that an answer may have from there. */
    Set<String> produced(String path, String method) {
        return types(path, method, Known::produced);
    }

    private Set<String> types(String path, String method, Function<Known, Set<String>> of) {
        Set<String> types = at(path).filter(
                        each -> each.method().equals(method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method))
                .flatMap(each -> of.apply(each).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return types.isEmpty() ? Set.of(MediaType.APPLICATION_JSON) : types;
    }

    private Stream<Known> at(String path) {
        return known.stream().filter(each -> each.path().matcher(path).matches());
    }

    private void add(String base, Class<?> resource) {
        for (Method method : resource.getDeclaredMethods()) {
            Path path = method.getAnnotation(Path.class);
            String whole = path == null ? base : base + "/" + path.value().replaceFirst("^/", "");
            for (Annotation annotation : method.getAnnotations()) {
                HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
                if (http != null) {
                    known.add(new Known(
                            pattern(whole),
                            http.value(),
                            types(method, resource, Consumes.class, Consumes::value),
                            types(method, resource, Produces.class, Produces::value)));
                }
            }
        }
    }

    /** What the method says, or else its class. */
    private static <A extends Annotation> Set<String> types(
            Method method, Class<?> resource, Class<A> annotation, Function<A, String[]> types) {
        return Stream.<AnnotatedElement>of(method, resource)
                .map(each -> each.getAnnotation(annotation))
                .filter(Objects::nonNull)
                .findFirst()
                .map(found -> Set.of(types.apply(found)))
                .orElse(Set.of());
    }

    private static Pattern pattern(String template) {
        return Pattern.compile("/?" + template.replaceFirst("^/", "").replaceAll("\\{[^}]*}", "[^/]+") + "/?");
    }
}
