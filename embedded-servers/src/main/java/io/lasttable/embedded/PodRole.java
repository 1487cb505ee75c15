package io.lasttable.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives a pod the credentials of its role as EKS does, to whoever shows the token that is in the pod's file: by the agent on its node (EKS Pod
 * Identity), or by STS over TLS (IRSA). The SDK finds by name what it asks them with, so that too can be missing from a native executable alone.
 */
public final class PodRole implements AutoCloseable {

    /** Which of the two. */
    public enum Way {
        POD_IDENTITY,
        IRSA
    }

    /** What the role's credentials are known by. */
    public static final String ACCESS_KEY_ID = "ASIAEXAMPLEOFAPOD";

    /** Without which temporary credentials are nobody's. */
    public static final String SESSION_TOKEN = "the-session-of-a-pod";

    private static final String TOKEN = "the-token-of-a-pod";
    private static final String ROLE = "arn:aws:iam::123456789012:role/tables";
    private static final String SECRET = "a-secret-for-a-test-only";

    private final Way way;
    private final Path directory;
    private final Path token;
    private final HttpServer server;
    private final Map<String, String> trust;

    public PodRole(Way way) throws IOException {
        this.way = way;
        directory = Files.createTempDirectory("lasttable-role");
        token = Files.writeString(directory.resolve("token"), TOKEN);
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (way == Way.POD_IDENTITY) {
            server = HttpServer.create(address, 0);
            trust = Map.of();
        } else {
            ServerCertificate itself = ServerCertificate.make(directory, "localhost");
            HttpsServer sts = HttpsServer.create(address, 0);
            sts.setHttpsConfigurator(new HttpsConfigurator(itself.context()));
            server = sts;
            trust = itself.trust();
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /** System properties for what EKS puts into the pod's environment. */
    public Map<String, String> settings() {
        int port = server.getAddress().getPort();
        Map<String, String> settings = new HashMap<>(trust);
        // Whoever runs the test may have a profile, which a pod has not.
        settings.put("aws.sharedCredentialsFile", directory.resolve("none").toString());
        settings.put("aws.configFile", directory.resolve("none").toString());
        if (way == Way.POD_IDENTITY) {
            settings.put("aws.containerCredentialsFullUri", "http://127.0.0.1:" + port + "/v1/credentials");
            settings.put("aws.containerAuthorizationTokenFile", token.toString());
        } else {
            settings.put("aws.roleArn", ROLE);
            settings.put("aws.webIdentityTokenFile", token.toString());
            settings.put("aws.endpointUrlSts", "https://localhost:" + port);
        }
        return settings;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String asked = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        boolean known = way == Way.POD_IDENTITY
                ? TOKEN.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                : asked.contains("Action=AssumeRoleWithWebIdentity") && asked.contains("WebIdentityToken=" + TOKEN);
        byte[] body = (known ? credentials() : "").getBytes(UTF_8);
        exchange.sendResponseHeaders(known ? 200 : 403, known ? body.length : -1);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String credentials() {
        Instant end = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
        String form = way == Way.POD_IDENTITY ? """
                {"AccessKeyId": "%s", "SecretAccessKey": "%s", "Token": "%s", "Expiration": "%s"}""" : """
                <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
                  <AssumeRoleWithWebIdentityResult>
                    <Credentials>
                      <AccessKeyId>%s</AccessKeyId>
                      <SecretAccessKey>%s</SecretAccessKey>
                      <SessionToken>%s</SessionToken>
                      <Expiration>%s</Expiration>
                    </Credentials>
                  </AssumeRoleWithWebIdentityResult>
                </AssumeRoleWithWebIdentityResponse>""";
        return form.formatted(ACCESS_KEY_ID, SECRET, SESSION_TOKEN, end);
    }

    @Override
    public void close() {
        server.stop(0);
        Directories.delete(directory);
    }
}
