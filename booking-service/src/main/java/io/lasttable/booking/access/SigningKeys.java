package io.lasttable.booking.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;

/**
 * What tokens are signed with, and what else is as good while the key is rotated.
 *
 * @param all the one to sign with first
 */
record SigningKeys(List<SecretKey> all) {

    static final String HMAC = "HmacSHA256";

    static SigningKeys of(AccessSettings settings) {
        return of(settings.watchTokenKey(), settings.watchTokenOtherKey());
    }

    /** @param other the key of before, or the next one */
    static SigningKeys of(String key, Optional<String> other) {
        return new SigningKeys(Stream.concat(Stream.of(key), other.stream())
                .<SecretKey>map(text -> new SecretKeySpec(text.getBytes(UTF_8), HMAC))
                .toList());
    }

    SecretKey own() {
        return all.get(0);
    }

    /** Others, each made of one of these. */
    SigningKeys derived(UnaryOperator<SecretKey> derive) {
        return new SigningKeys(all.stream().map(derive).toList());
    }

    /** Finds the one that a token was signed with. */
    VerificationKeyResolver resolver() {
        JwksVerificationKeyResolver resolver = new JwksVerificationKeyResolver(
                all.stream().map(OctetSequenceJsonWebKey::new).collect(Collectors.toList()));
        resolver.setDisambiguateWithVerifySignature(true);
        return resolver;
    }
}
