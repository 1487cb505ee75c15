package io.lasttable.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.UUID;

/** A restaurant's own site, on an origin of its own: one page with the widget, and one that frames it. */
final class ForeignSite implements AutoCloseable {

    private static final String PAGE = """
            <!doctype html>
            <html lang="%s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Chez Nous</title>
            <style>* { color: #123; font-size: 18px } button { display: none } body { font-family: Georgia, serif; margin: 1rem }
              lasttable-booking { --lasttable-accent: #0b5d3b; --lasttable-radius: .2rem }</style>
            <script type="module" src="%s/web/v1/lasttable.js"></script></head>
            <body><main><h1>Chez Nous</h1><p>Tables, and what comes on them.</p>
            <lasttable-booking venue="%s" key="%s" date="%s"><span class="instead">Call us for a table.</span></lasttable-booking></main></body></html>""";

    private final HttpServer server;

    private ForeignSite(HttpServer server) {
        this.server = server;
    }

    static ForeignSite open(String lasttable, String date) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String[] asked = exchange.getRequestURI().getPath().substring(1).split("/");
            String page = asked[0].equals("framed")
                    ? "<!doctype html><title>Another site</title><iframe width=600 height=1100 src=\"http://127.0.0.1:%d/%s/%s/en-GB\"></iframe>"
                            .formatted(server.getAddress().getPort(), asked[1], asked[2])
                    : PAGE.formatted(asked[2], lasttable, asked[0], asked[1], date);
            byte[] body = page.getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
        return new ForeignSite(server);
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A publishable key of the venue's for this site, made when it is first asked for. */
    String key(Api api, String venue) throws IOException, InterruptedException {
        String key = UUID.nameUUIDFromBytes(venue.getBytes(UTF_8)).toString();
        JsonObject wanted = new JsonObject().put("venueId", venue).put("origins", List.of(origin()));
        assertThat(api.put("/v1/publishable-keys/" + key, wanted).statusCode()).isIn(201, 428);
        return key;
    }

    String page(String venue, String key, String lang) {
        return origin() + "/" + venue + "/" + key + "/" + lang;
    }

    /** The page within a page of yet another origin. */
    String framed(String venue, String key) {
        return "http://localhost:" + server.getAddress().getPort() + "/framed/" + venue + "/" + key;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
