package io.lasttable.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lasttable.web.ServedFile.Kind;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The pages and what they consist of, under any path. What stands under a folder with a hash for its name never changes and is kept for
 * good; pages and the widget's script stay where they are, and browsers ask each time by {@code ETag} whether they have changed.
 *
 * <p>While replicas of two versions serve, one may be asked for the other's folder: it sends to its own, and nobody keeps that answer.
 */
public final class Pages {

    /** The version of addresses and attributes that sites rely on. */
    public static final String VERSIONED = "/web/v1";

    private static final String SETTINGS = "/settings.json";
    private static final Pattern FOLDER = Pattern.compile("/([0-9a-f]{16})(/.*)");
    private static final Pattern NAMED = Pattern.compile("\"\\./([0-9a-f]{16})/");

    private final String path;
    private final PageHeaders headers;
    private final ServedFile settings;
    private final String folder;
    private final Map<String, ServedFile> files = new ConcurrentHashMap<>();

    private Pages(String path, PageSettings settings) {
        this.path = path;
        this.headers = new PageHeaders(settings);
        this.settings = ServedFile.of(settings.json().getBytes(UTF_8), Kind.JSON, true);
        this.folder = read("/index.html").map(Pages::folderIn).orElseThrow();
    }

    /**
     * Answers GET and HEAD for what there is; the rest is left to others.
     *
     * @param path where the pages are, empty for all of the router
     */
    public static void mount(Router router, String path, PageSettings settings) {
        Pages pages = new Pages(path, settings);
        var route = router.route(path + "/*")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(pages::answer);
        assert route != null;
    }

    private static String folderIn(byte[] page) {
        Matcher named = NAMED.matcher(new String(page, UTF_8));
        if (!named.find()) {
            throw new IllegalStateException("The pages name no folder: build the module web");
        }
        return named.group(1);
    }

    private void answer(RoutingContext context) {
        String asked = context.normalizedPath().substring(path.length());
        Optional<ServedFile> file = file(asked.endsWith("/") ? asked + "index.html" : asked);
        if (file.isPresent()) {
            send(context, file.get());
            return;
        }
        Matcher other = FOLDER.matcher(asked);
        if (other.matches()
                && !other.group(1).equals(folder)
                && file('/' + folder + other.group(2)).isPresent()) {
            sendTo(context, path + '/' + folder + other.group(2));
        } else {
            context.next();
        }
    }

    private Optional<ServedFile> file(String name) {
        return name.equals(SETTINGS)
                ? Optional.of(settings)
                : Optional.ofNullable(files.computeIfAbsent(name, this::find));
    }

    private ServedFile find(String name) {
        return kind(name)
                .flatMap(kind -> read(name)
                        .map(content -> ServedFile.of(
                                content, kind, !FOLDER.matcher(name).matches())))
                .orElse(null);
    }

    private static Optional<Kind> kind(String name) {
        String end = name.substring(name.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
        return Stream.of(Kind.values()).filter(kind -> kind.name().equals(end)).findFirst();
    }

    private static Optional<byte[]> read(String name) {
        try (InputStream resource = Pages.class.getResourceAsStream("/lasttable-web" + name)) {
            return resource == null ? Optional.empty() : Optional.of(resource.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sendTo(RoutingContext context, String address) {
        headers.add(context, Kind.JS);
        ended(
                context,
                context.response()
                        .setStatusCode(302)
                        .putHeader(HttpHeaders.LOCATION, address)
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .end());
    }

    private void send(RoutingContext context, ServedFile file) {
        boolean isCompressed = takesGzip(context);
        headers.add(context, file.kind());
        HttpServerResponse response = context.etag('"' + file.hash() + (isCompressed ? "-gzip\"" : "\""))
                .response()
                .putHeader(HttpHeaders.CACHE_CONTROL, file.kept())
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (context.isFresh()) {
            ended(context, response.setStatusCode(304).end());
            return;
        }
        Buffer body = isCompressed ? file.compressed() : file.plain();
        if (isCompressed) {
            response = response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        response = response.putHeader(HttpHeaders.CONTENT_TYPE, file.kind().type())
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        ended(context, context.request().method() == HttpMethod.HEAD ? response.end() : response.end(body));
    }

    private static void ended(RoutingContext context, Future<Void> end) {
        end.onFailure(context::fail);
    }

    private static boolean takesGzip(RoutingContext context) {
        return context.parsedHeaders().acceptEncoding().stream()
                .anyMatch(each -> each.value().equals("gzip") && each.weight() > 0);
    }
}
