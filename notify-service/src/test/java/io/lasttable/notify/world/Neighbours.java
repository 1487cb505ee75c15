package io.lasttable.notify.world;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;

/**
 * Stands in for availability-service, booking-service and the OIDC issuer on one port. Answers what has been PUT under the
 * same path (header {@code Status}: with that status); of venues whose id begins with {@code known} it knows every day in
 * version 18, of others none.
 */
public final class Neighbours implements QuarkusTestResourceLifecycleManager {

    private record Stored(int status, String body) {}

    private final Map<String, Stored> documents = new ConcurrentHashMap<>();
    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newCachedThreadPool());
            server.createContext("/", this::answer);
            server.start();
            return settings(url());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private Map<String, String> settings(String url) throws JoseException {
        RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId("test");
        key.setUse("sig");
        key.setAlgorithm("RS256");
        documents.put("/jwks", new Stored(200, new JsonWebKeySet(key).toJson()));
        documents.put(
                "/.well-known/openid-configuration",
                new Stored(
                        200,
                        "{\"issuer\":\"" + url + "\",\"jwks_uri\":\"" + url + "/jwks\",\"token_endpoint\":\"" + url
                                + "/token\",\"authorization_endpoint\":\"" + url + "/authorize\"}"));
        return Map.of(
                "lasttable.availability-url",
                url,
                "lasttable.booking-url",
                url,
                "quarkus.oidc.auth-server-url",
                url,
                "quarkus.oidc.tenant-enabled",
                "true",
                "%test.quarkus.oidc.tenant-enabled",
                "true",
                "lasttable.watch-token-key",
                "a-key-for-these-tests-only-0123456789",
                "lasttable.oidc.audience",
                "lasttable",
                "test.issuer-key",
                Base64.getEncoder().encodeToString(key.getPrivateKey().getEncoded()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (exchange.getRequestMethod().equals("PUT")) {
            String status = exchange.getRequestHeaders().getFirst("Status");
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            documents.put(path, new Stored(status == null ? 200 : Integer.parseInt(status), body));
            respond(exchange, new Stored(204, ""));
        } else {
            respond(exchange, documents.getOrDefault(path, byDefault(path)));
        }
    }

    private static Stored byDefault(String path) throws IOException {
        String[] parts = path.split("/");
        if (parts.length < 6 || !parts[3].startsWith("known")) {
            return new Stored(404, "{\"type\":\"/problems/unknown-venue\"}");
        }
        return new Stored(200, Days.day(parts[3], 18).put("date", parts[5]).toString());
    }

    private static void respond(HttpExchange exchange, Stored stored) throws IOException {
        byte[] bytes = stored.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(stored.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}
