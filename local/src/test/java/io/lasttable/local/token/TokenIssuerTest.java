package io.lasttable.local.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenIssuerTest {

    private static final String ISSUER = "http://127.0.0.1:8080/local";

    @TempDir
    Path directory;

    @Test
    void aTokenIsVerifiedByThePublishedKeysAndCarriesScopesAndVenues() throws Exception {
        TokenIssuer issuer = new TokenIssuer(ISSUER, directory.resolve("key.json"));
        JwtClaims claims = verifier(issuer).processToClaims(issuer.token("reservations:write", "a,b"));
        assertThat(claims.getStringClaimValue("scope")).isEqualTo("reservations:write");
        assertThat(claims.getStringListClaimValue("venue_ids")).containsExactly("a", "b");
    }

    @Test
    void tokensOfAnEarlierRunStayGood() throws Exception {
        Path key = directory.resolve("key.json");
        String token = new TokenIssuer(ISSUER, key).token("reservations:read", TokenIssuer.ALL_VENUES);
        JwtClaims claims = verifier(new TokenIssuer(ISSUER, key)).processToClaims(token);
        assertThat(claims.getStringClaimValue("venue_ids")).isEqualTo("*");
    }

    private static JwtConsumer verifier(TokenIssuer issuer) throws Exception {
        var keys = new JsonWebKeySet(issuer.keys()).getJsonWebKeys();
        return new JwtConsumerBuilder()
                .setExpectedIssuer(ISSUER)
                .setExpectedAudience("lasttable")
                .setRequireExpirationTime()
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(keys))
                .build();
    }
}
