package io.lasttable.booking.access;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.runtime.OidcJwtCallerPrincipal;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;

/** Believes {@link GuestTokens} beside the issuer's; a page of another origin than the token's own gets nothing with it. */
@ApplicationScoped
class GuestTokenMechanism implements HttpAuthenticationMechanism {

    private static final int BEFORE_OIDC = 3_000;

    private final GuestTokens tokens;

    GuestTokenMechanism(GuestTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        return Bearer.tokenOf(context.request())
                .filter(tokens::isOne)
                .map(token -> identity(token, context.request().getHeader(HttpHeaders.ORIGIN)))
                .orElseGet(() -> Uni.createFrom().nullItem());
    }

    private Uni<SecurityIdentity> identity(String token, String origin) {
        try {
            JwtClaims claims = tokens.check(token);
            if (origin != null && !origin.equals(claims.getStringClaimValue(GuestTokens.ORIGIN))) {
                return refused(null);
            }
            return Uni.createFrom()
                    .item(QuarkusSecurityIdentity.builder()
                            .setPrincipal(new OidcJwtCallerPrincipal(claims, new AccessTokenCredential(token)))
                            .build());
        } catch (InvalidJwtException | MalformedClaimException e) {
            return refused(e);
        }
    }

    private static Uni<SecurityIdentity> refused(Exception cause) {
        return Uni.createFrom().failure(new AuthenticationFailedException(cause));
    }

    /** The issuer's mechanism has the challenge. */
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }

    @Override
    public int getPriority() {
        return BEFORE_OIDC;
    }
}
