package io.lasttable.notify.access;

import io.lasttable.notify.NotifyConfig;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.TenantIdentityProvider;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonString;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Bearer tokens of an upgrade request: found in the subprotocol entry or the header, verified against the OIDC issuer. */
@ApplicationScoped
public class Bearers {

    private static final String ENTRY = "bearer.";
    private static final String HEADER = "Bearer ";

    private final TenantIdentityProvider issuer;
    private final NotifyConfig.Oidc oidc;

    Bearers(TenantIdentityProvider issuer, NotifyConfig config) {
        this.issuer = issuer;
        this.oidc = config.oidc();
    }

    /**
     * The token sent, if any. The URL is not looked at: it would end up in logs.
     *
     * @param subprotocols that the request offers, see {@link Subprotocols#offered}
     */
    public static Optional<String> sent(HttpServerRequest request, List<String> subprotocols) {
        for (String entry : subprotocols) {
            if (entry.startsWith(ENTRY)) {
                return Optional.of(entry.substring(ENTRY.length()));
            }
        }
        for (String value : request.headers().getAll(HttpHeaders.AUTHORIZATION)) {
            if (value.regionMatches(true, 0, HEADER, 0, HEADER.length())) {
                return Optional.of(value.substring(HEADER.length()).trim());
            }
        }
        return Optional.empty();
    }

    /** Fails when the token is malformed, expired, not the issuer's or not made for us. Does not block. */
    public Uni<Bearer> verify(String token) {
        return hasEmptyPart(token)
                ? Uni.createFrom().failure(() -> new AuthenticationFailedException("a token with an empty part"))
                : issuer.authenticate(new AccessTokenCredential(token)).map(this::bearer);
    }

    /** No token is like that, and Quarkus fails on it with an error of its own. */
    private static boolean hasEmptyPart(String token) {
        return token.isEmpty() || token.startsWith(".") || token.endsWith(".") || token.contains("..");
    }

    private Bearer bearer(SecurityIdentity identity) {
        return bearer((JsonWebToken) identity.getPrincipal());
    }

    Bearer bearer(JsonWebToken token) {
        return new Bearer(scopes(token), strings(token.getClaim(oidc.venuesClaim())), token.getExpirationTime());
    }

    /** A claim for scopes is one string with spaces between them (RFC 9068), or, for roles, an array. */
    private Set<String> scopes(JsonWebToken token) {
        String prefix = oidc.scopePrefix().orElse("");
        return oidc.scopeClaims().stream()
                .flatMap(name -> strings(token.getClaim(name)).stream())
                .flatMap(scopes -> Stream.of(scopes.split(" ")))
                .filter(scope -> scope.startsWith(prefix))
                .map(scope -> scope.substring(prefix.length()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The strings of a claim that is a string or has some: what else an issuer may put there allows nothing. */
    private static Set<String> strings(Object claim) {
        if (claim instanceof Collection<?> many) {
            return many.stream().flatMap(each -> strings(each).stream()).collect(Collectors.toUnmodifiableSet());
        }
        if (claim instanceof JsonString one) {
            return Set.of(one.getString());
        }
        return claim instanceof String one ? Set.of(one) : Set.of();
    }
}
