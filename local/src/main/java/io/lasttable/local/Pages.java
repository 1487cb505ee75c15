package io.lasttable.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

/**
 * The pages' files, each read and compressed once, when it is first asked for: a phone on a slow line gets few bytes, and a second look
 * none, since browsers ask by the file's {@code ETag} whether it has changed.
 */
final class Pages {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

    /** On lines of their own: they are for whoever reads the sources. */
    private static final Pattern COMMENT =
            Pattern.compile("^[ \\t]*(?://.*|/\\*\\*(?s:.*?)\\*/)\\R", Pattern.MULTILINE);

    private final Map<String, File> files = new ConcurrentHashMap<>();

    private record File(Buffer plain, Buffer compressed, String type, String hash) {}

    private Pages() {}

    static void mount(Router router) {
        Pages pages = new Pages();
        var page = router.route("/*")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(pages::answer);
        assert page != null;
    }

    private void answer(RoutingContext context) {
        String path = context.normalizedPath();
        file(path.endsWith("/") ? path + "index.html" : path)
                .ifPresentOrElse(file -> send(context, file), context::next);
    }

    private Optional<File> file(String path) {
        return Optional.ofNullable(files.computeIfAbsent(path, Pages::read));
    }

    private static File read(String path) {
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        if (type == null) {
            return null;
        }
        try (InputStream resource = Pages.class.getResourceAsStream("/web" + path)) {
            return resource == null ? null : file(bare(resource.readAllBytes(), path), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bare(byte[] content, String path) {
        return path.endsWith(".js")
                ? COMMENT.matcher(new String(content, UTF_8)).replaceAll("").getBytes(UTF_8)
                : content;
    }

    private static File file(byte[] content, String type) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(content);
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        }
        return new File(
                Buffer.buffer(content),
                Buffer.buffer(compressed.toByteArray()),
                type,
                HexFormat.of().toHexDigits((int) sum.getValue()));
    }

    private static void send(RoutingContext context, File file) {
        boolean isCompressed = takesGzip(context);
        HttpServerResponse response = context.etag('"' + file.hash() + (isCompressed ? "-gzip\"" : "\""))
                .response()
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (context.isFresh()) {
            sent(context, response.setStatusCode(304).end());
            return;
        }
        Buffer body = isCompressed ? file.compressed() : file.plain();
        if (isCompressed) {
            response = response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        response = response.putHeader(HttpHeaders.CONTENT_TYPE, file.type())
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        sent(context, context.request().method() == HttpMethod.HEAD ? response.end() : response.end(body));
    }

    private static void sent(RoutingContext context, Future<Void> end) {
        end.onFailure(context::fail);
    }

    private static boolean takesGzip(RoutingContext context) {
        return context.parsedHeaders().acceptEncoding().stream()
                .anyMatch(each -> each.value().equals("gzip") && each.weight() > 0);
    }
}
