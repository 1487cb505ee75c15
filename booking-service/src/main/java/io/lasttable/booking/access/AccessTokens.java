package io.lasttable.booking.access;

import io.lasttable.edge.IssuedForUs;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.jwt.consumer.Validator;

/** Which tokens of the issuer are believed. Found by Quarkus, as the one that there is. */
@Unremovable
@ApplicationScoped
class AccessTokens implements Validator {

    private final IssuedForUs tokens;

    AccessTokens(AccessSettings settings) {
        tokens = new IssuedForUs(settings.oidc().audience());
    }

    @Override
    public String validate(JwtContext token) throws MalformedClaimException {
        return tokens.validate(token);
    }
}
