package io.lasttable.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate that is its own authority, with its key, as PEM files: what a server shows and what a client trusts.
 *
 * @param certificate the certificate, and what a client that trusts this server has as its authorities
 * @param key its private key (PKCS #8), readable by the owner only, as PostgreSQL demands
 */
record ServerCertificate(Path certificate, Path key) {

    private static final String STORE = "store.p12";

    private static final char[] PASSWORD = "only-in-a-test".toCharArray();
    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /**
     * Makes one with the JDK's keytool; Java has no public way to sign a certificate.
     *
     * @param directory where the files go; an earlier certificate there is replaced
     * @param name the DNS name that the certificate is for
     */
    static ServerCertificate make(Path directory, String name) {
        try {
            Path store = Files.createDirectories(directory).resolve(STORE);
            Files.deleteIfExists(store);
            keytool(store, name);
            KeyStore keys = load(store);
            return new ServerCertificate(
                    write(
                            directory.resolve("server.crt"),
                            "CERTIFICATE",
                            keys.getCertificate("server").getEncoded()),
                    write(
                            directory.resolve("server.key"),
                            "PRIVATE KEY",
                            keys.getKey("server", PASSWORD).getEncoded()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("No certificate could be made: " + e.getMessage(), e);
        }
    }

    /** Key and certificate in one file, as Kafka wants them. */
    Path together(Path file) throws IOException {
        return Files.writeString(file, Files.readString(key) + Files.readString(certificate));
    }

    /** What a server of the JDK shows it with. */
    SSLContext context() {
        try {
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(load(store()), PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** System properties by which a process trusts it, and nobody else. */
    Map<String, String> trust() {
        return Map.of(
                "javax.net.ssl.trustStore",
                store().toString(),
                "javax.net.ssl.trustStorePassword",
                new String(PASSWORD));
    }

    private Path store() {
        return certificate.resolveSibling(STORE);
    }

    private static KeyStore load(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static void keytool(Path store, String name) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:" + name,
                        "-ext",
                        "bc:c",
                        "-validity",
                        "1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), US_ASCII);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Path write(Path file, String kind, byte[] content) throws IOException {
        Path made = Files.writeString(
                file,
                "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, PEM.encodeToString(content), kind),
                US_ASCII);
        return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
    }
}
