package io.lasttable.booking.access;

import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The issuer's tokens, verified by Quarkus' mechanism unless they are {@link KnownTokens}. */
@ApplicationScoped
class KnownTokenMechanism implements HttpAuthenticationMechanism {

    private static final int BEFORE_OIDC = 2_000;

    private final KnownTokens known;
    private final OidcAuthenticationMechanism oidc;

    KnownTokenMechanism(KnownTokens known, OidcAuthenticationMechanism oidc) {
        this.known = known;
        this.oidc = oidc;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        Optional<String> token = Bearer.tokenOf(context.request());
        if (token.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        return known.find(token.get())
                .map(Uni.createFrom()::item)
                .orElseGet(() -> oidc.authenticate(context, providers)
                        .onItem()
                        .ifNotNull()
                        .invoke(identity -> known.remember(token.get(), identity)));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return oidc.getChallenge(context);
    }

    @Override
    public int getPriority() {
        return BEFORE_OIDC;
    }
}
