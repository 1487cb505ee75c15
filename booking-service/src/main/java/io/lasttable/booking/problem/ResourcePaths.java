package io.lasttable.booking.problem;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which methods a path takes, from the resources' annotations: the difference between 404 and 405, which gets lost where the
 * paths of several resource classes share a beginning.
 */
@ApplicationScoped
class ResourcePaths {

    private record Known(Pattern path, String method) {}

    private final List<Known> known = new ArrayList<>();

    ResourcePaths(BeanManager beans) {
        for (Bean<?> bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
            Path path = bean.getBeanClass().getAnnotation(Path.class);
            if (path != null) {
                add(path.value(), bean.getBeanClass());
            }
        }
    }

    /** The methods that are taken there; none when the path leads nowhere. */
    Set<String> methods(String path) {
        Set<String> methods = new TreeSet<>();
        known.stream().filter(each -> each.path().matcher(path).matches()).forEach(each -> methods.add(each.method()));
        return methods;
    }

    private void add(String base, Class<?> resource) {
        for (Method method : resource.getDeclaredMethods()) {
            Path path = method.getAnnotation(Path.class);
            String whole = path == null ? base : base + "/" + path.value().replaceFirst("^/", "");
            for (Annotation annotation : method.getAnnotations()) {
                HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
                if (http != null) {
                    known.add(new Known(pattern(whole), http.value()));
                }
            }
        }
    }

    private static Pattern pattern(String template) {
        return Pattern.compile("/?" + template.replaceFirst("^/", "").replaceAll("\\{[^}]*}", "[^/]+") + "/?");
    }
}
