package io.lasttable.notify.access;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.TenantIdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Bearer tokens of an upgrade request: found in the subprotocol entry or the header, verified against the OIDC issuer. */
@ApplicationScoped
public class Bearers {

    private static final String ENTRY = "bearer.";
    private static final String HEADER = "Bearer ";

    private final TenantIdentityProvider issuer;

    Bearers(TenantIdentityProvider issuer) {
        this.issuer = issuer;
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

    /** Fails when the token is malformed, expired, or not the issuer's. Does not block. */
    public Uni<Bearer> verify(String token) {
        return issuer.authenticate(new AccessTokenCredential(token)).map(Bearers::bearer);
    }

    private static Bearer bearer(SecurityIdentity identity) {
        JsonWebToken token = (JsonWebToken) identity.getPrincipal();
        Object scope = token.getClaim("scope");
        Set<String> scopes = scope == null ? Set.of() : Set.of(scope.toString().split(" +"));
        return new Bearer(scopes, strings(token.getClaim("venue_ids")), token.getExpirationTime());
    }

    private static Set<String> strings(Object claim) {
        if (claim instanceof JsonArray array) {
            return array.getValuesAs(JsonString.class).stream()
                    .map(JsonString::getString)
                    .collect(Collectors.toUnmodifiableSet());
        }
        if (claim instanceof Collection<?> many) {
            return many.stream().map(Object::toString).collect(Collectors.toUnmodifiableSet());
        }
        if (claim instanceof JsonString one) {
            return Set.of(one.getString());
        }
        return claim == null ? Set.of() : Set.of(claim.toString());
    }
}
