package io.lasttable.helm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * As much of a Kubernetes API server as the template function {@code lookup} asks: the core group's list of resources
 * and the objects that a test puts there. Helm finds it through KUBECONFIG, which the build sets for the tests.
 */
final class ApiServer {

    private static final String RESOURCES = """
            {"kind":"APIResourceList","apiVersion":"v1","groupVersion":"v1","resources":[
              {"name":"namespaces","singularName":"namespace","namespaced":false,"kind":"Namespace","verbs":["get","list"]},
              {"name":"secrets","singularName":"secret","namespaced":true,"kind":"Secret","verbs":["get","list"]},
              {"name":"configmaps","singularName":"configmap","namespaced":true,"kind":"ConfigMap","verbs":["get","list"]}]}
            """;
    private static final String NOT_FOUND = """
            {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","message":"not found","code":404}
            """;
    private static final Map<String, String> OBJECTS = new ConcurrentHashMap<>();
    private static HttpServer server;

    private ApiServer() {}

    static synchronized void ensureStarted() {
        if (server != null) {
            return;
        }
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", ApiServer::answer);
            server.start();
            Path config = Path.of(System.getenv("KUBECONFIG"));
            Files.createDirectories(config.getParent());
            Files.writeString(config, """
                    apiVersion: v1
                    kind: Config
                    current-context: test
                    contexts: [{name: test, context: {cluster: test, user: test}}]
                    clusters: [{name: test, cluster: {server: "http://127.0.0.1:%d"}}]
                    users: [{name: test, user: {}}]
                    """.formatted(server.getAddress().getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void forgetAll() {
        OBJECTS.clear();
    }

    static void forget(String namespace, String kind, String name) {
        String plural = kind.toLowerCase(java.util.Locale.ROOT) + "s";
        assert OBJECTS.remove("/api/v1/namespaces/%s/%s/%s".formatted(namespace, plural, name)) != null : name;
    }

    static void putNamespace(String name) {
        putAt("/api/v1/namespaces/" + name, "Namespace", name, "{}");
    }

    /** @param data the object's {@code data} in JSON */
    static void put(String namespace, String kind, String name, String data) {
        String plural = kind.toLowerCase(java.util.Locale.ROOT) + "s";
        putAt("/api/v1/namespaces/%s/%s/%s".formatted(namespace, plural, name), kind, name, data);
    }

    private static void putAt(String path, String kind, String name, String data) {
        String body = "{\"apiVersion\":\"v1\",\"kind\":\"%s\",\"metadata\":{\"name\":\"%s\"},\"data\":%s}";
        String before = OBJECTS.put(path, body.formatted(kind, name, data));
        assert before == null : path;
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = path.equals("/api/v1") ? RESOURCES : OBJECTS.getOrDefault(path, NOT_FOUND);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(body.equals(NOT_FOUND) ? 404 : 200, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
