package io.lasttable.local.token;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;

/** The issuer's RSA key, kept beside the data so that a token outlives a restart of the platform. */
final class SigningKey {

    private SigningKey() {}

    static RsaJsonWebKey loadOrCreate(Path file) {
        try {
            if (Files.exists(file)) {
                return (RsaJsonWebKey) PublicJsonWebKey.Factory.newPublicJwk(Files.readString(file));
            }
            RsaJsonWebKey key = create();
            Files.createDirectories(file.toAbsolutePath().getParent());
            return store(key, file);
        } catch (IOException e) {
            throw new UncheckedIOException("The signing key " + file + " cannot be read or written", e);
        } catch (JoseException e) {
            throw new IllegalStateException("The signing key " + file + " is damaged: delete it and start again", e);
        }
    }

    private static RsaJsonWebKey store(RsaJsonWebKey key, Path file) throws IOException {
        Path written = Files.writeString(file, key.toJson(OutputControlLevel.INCLUDE_PRIVATE));
        assert written.equals(file);
        return key;
    }

    private static RsaJsonWebKey create() throws JoseException {
        RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId(
                "local-" + Long.toHexString(key.getRsaPublicKey().getModulus().longValue()));
        key.setUse("sig");
        key.setAlgorithm("RS256");
        return key;
    }
}
