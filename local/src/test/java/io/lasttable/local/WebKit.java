package io.lasttable.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lasttable.embedded.FreePorts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * WebKitGTK, the engine of Safari, over W3C WebDriver: Debian's {@code webkit2gtk-driver}, on a screen of its own by {@code xvfb}.
 * Where they are not installed the tests are skipped, and say so.
 */
final class WebKit implements AutoCloseable {

    private static final Path DRIVER = Path.of("/usr/bin/WebKitWebDriver");
    private static final Path SCREEN = Path.of("/usr/bin/Xvfb");
    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String DOCUMENT = "document";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Map<String, String> NO_SANDBOX_NO_GPU = Map.of(
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1",
            "WEBKIT_DISABLE_COMPOSITING_MODE", "1",
            "LIBGL_ALWAYS_SOFTWARE", "1");

    private final Deque<Process> processes = new ArrayDeque<>();
    private String session;
    private String root = DOCUMENT;

    private WebKit() {}

    static WebKit launch() throws Exception {
        Optional<Path> browser = browser();
        boolean isInstalled = Files.isExecutable(DRIVER) && Files.isExecutable(SCREEN) && browser.isPresent();
        Assumptions.assumeTrue(isInstalled, "SKIPPED: no webkit2gtk-driver and xvfb installed, WebKit did not run");
        WebKit webKit = new WebKit();
        try {
            webKit.start(browser.get());
            return webKit;
        } catch (Exception | AssertionError e) {
            webKit.close();
            throw e;
        }
    }

    private static Optional<Path> browser() throws IOException {
        if (!Files.isDirectory(LIBRARIES)) {
            return Optional.empty();
        }
        try (Stream<Path> found = Files.find(LIBRARIES, 3, (path, file) -> path.endsWith("MiniBrowser"))) {
            return found.findFirst();
        }
    }

    private void start(Path browser) throws IOException {
        int port = FreePorts.next();
        String screen = ":" + (1_000 + port % 30_000);
        process(Map.of(), SCREEN.toString(), screen, "-screen", "0", "1280x900x24");
        Map<String, String> environment = new HashMap<>(NO_SANDBOX_NO_GPU);
        environment.put("DISPLAY", screen);
        process(environment, DRIVER.toString(), "--port=" + port);
        session = "http://127.0.0.1:" + port + "/session";
        JsonObject options =
                new JsonObject().put("binary", browser.toString()).put("args", new JsonArray().add("--automation"));
        JsonObject wanted = new JsonObject()
                .put(
                        "capabilities",
                        new JsonObject().put("alwaysMatch", new JsonObject().put("webkitgtk:browserOptions", options)));
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(ConnectException.class)
                .until(() -> {
                    JsonObject opened = (JsonObject) post("", wanted);
                    session += "/" + opened.getString("sessionId");
                    return true;
                });
    }

    private void process(Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        processes.push(builder.start());
    }

    void open(String url) throws Exception {
        root = DOCUMENT;
        assertThat(post("/url", new JsonObject().put("url", url))).isNull();
    }

    /** From here on what is looked for is in the page's first frame. */
    void intoTheFrame() throws Exception {
        JsonObject first = new JsonObject().put("using", "css selector").put("value", "iframe");
        Object frame = post("/element", first);
        assertThat(post("/frame", new JsonObject().put("id", frame))).isNull();
    }

    /** From here on, until another page is opened, what is looked for is in the shadow tree of that element. */
    void into(String element) {
        await().atMost(PATIENCE)
                .until(() -> run("return Boolean(document.querySelector('" + element + "')?.shadowRoot)")
                        .equals(true));
        root = "document.querySelector('" + element + "').shadowRoot";
    }

    /** A picture of the window, as PNG. */
    byte[] picture() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(session + "/screenshot")).build();
        HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return Base64.getDecoder().decode(new JsonObject(answer.body()).getString("value"));
    }

    /** Writes into a field, as its user does. */
    void type(String selector, String text) {
        Object typed = run(
                "const field = " + root + ".querySelector('" + selector + "'); field.value = '" + text
                        + "'; for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true })); return field.value");
        assertThat(typed).isEqualTo(text);
    }

    /** What a script returns. */
    Object run(String script) {
        try {
            return post("/execute/sync", new JsonObject().put("script", script).put("args", new JsonArray()));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the first element has for text, once there is one and it holds {@code part}. */
    void shows(String selector, String part) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(text(selector)).contains(part));
    }

    String text(String selector) {
        return String.valueOf(run("return " + root + ".querySelector('" + selector + "')?.textContent"));
    }

    /** Clicks once it is there and does something. */
    void click(String selector) {
        String one = root + ".querySelector('" + selector + "')";
        await().atMost(PATIENCE)
                .until(() -> run("const at = " + one
                                + "; const is = at && !at.disabled && at.getAttribute('aria-disabled') !== 'true';"
                                + " if (is) at.click(); return Boolean(is)")
                        .equals(true));
    }

    private Object post(String path, JsonObject body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(session + path))
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(body.encode()))
                .build();
        HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body()).getValue("value");
    }

    @Override
    public void close() {
        if (session != null && session.matches(".*/session/.+")) {
            HttpRequest end = HttpRequest.newBuilder(URI.create(session))
                    .timeout(PATIENCE)
                    .DELETE()
                    .build();
            try {
                HttpResponse<Void> ended = HTTP.send(end, BodyHandlers.discarding());
                assertThat(ended.statusCode()).isEqualTo(200);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                processes.forEach(Process::destroy);
            }
        }
        processes.forEach(Process::destroy);
    }
}
