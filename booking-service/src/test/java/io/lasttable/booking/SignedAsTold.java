package io.lasttable.booking;

import io.lasttable.booking.access.TokenKeys;
import io.quarkus.test.security.TestSecurity;
import io.quarkus.test.security.oidc.Claim;
import io.quarkus.test.security.oidc.OidcSecurity;
import io.restassured.RestAssured;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Who {@code @TestSecurity} says that asks, in a token that is signed: the packaged service believes nothing else. */
public final class SignedAsTold implements BeforeEachCallback, AfterEachCallback {

    @Override
    public void beforeEach(ExtensionContext test) {
        Optional<TestSecurity> who = of(test, TestSecurity.class);
        if (who.isEmpty()) {
            return;
        }
        Map<String, String> claims = new TreeMap<>();
        of(test, OidcSecurity.class).ifPresent(told -> {
            for (Claim claim : told.claims()) {
                claims.put(claim.key(), claim.value());
            }
        });
        String token = TokenKeys.signed(who.get().user(), claims);
        RestAssured.filters((request, answer, rest) -> {
            if (!request.getHeaders().hasHeaderWithName("Authorization")) {
                request.header("Authorization", "Bearer " + token);
            }
            return rest.next(request, answer);
        });
    }

    @Override
    public void afterEach(ExtensionContext test) {
        RestAssured.replaceFiltersWith(List.of());
    }

    /** Of the method, else of the class or what it extends: these annotations are not inherited. */
    private static <A extends Annotation> Optional<A> of(ExtensionContext test, Class<A> annotation) {
        Stream<Class<?>> classes = Stream.iterate(test.getRequiredTestClass(), Objects::nonNull, Class::getSuperclass);
        return Stream.concat(Stream.of(test.getRequiredTestMethod()), classes)
                .flatMap(place -> AnnotationSupport.findAnnotation(place, annotation).stream())
                .findFirst();
    }
}
