package io.lasttable.edge;

import java.util.Collection;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.jwt.consumer.Validator;

/**
 * Believes a token of the issuer only if it is an access token and was made for us: an issuer signs for many applications,
 * and ID tokens too (RFC 8725, sections 3.8 and 3.9). One without {@code aud} may be Cognito's, whose access tokens say
 * {@code token_use} and {@code client_id} instead.
 */
public final class IssuedForUs implements Validator {

    private final Set<String> audience;

    /** @param audience any of which a token must name */
    public IssuedForUs(Collection<String> audience) {
        this.audience = Set.copyOf(audience);
    }

    /** What is wrong with the token, for the log; null when nothing is. */
    @Override
    public String validate(JwtContext token) throws MalformedClaimException {
        JwtClaims claims = token.getJwtClaims();
        String use = claims.getStringClaimValue("token_use");
        if ("id".equals(use) || "ID".equals(claims.getStringClaimValue("typ"))) {
            return "It is an ID token, which says who somebody is and opens nothing.";
        }
        boolean isOurs = claims.hasAudience()
                ? claims.getAudience().stream().anyMatch(audience::contains)
                : "access".equals(use) && audience.contains(claims.getStringClaimValue("client_id"));
        return isOurs ? null : "It was made for another application.";
    }
}
