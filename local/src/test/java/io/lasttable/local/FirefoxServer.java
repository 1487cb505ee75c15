package io.lasttable.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Firefox as distributions ship it, over WebDriver BiDi. The driver of the other tests knows that protocol, and offers it as a server of its
 * own: so the same tests run in it, which its own patched Firefox would be needed for otherwise.
 */
final class FirefoxServer implements AutoCloseable {

    private final Process process;
    private final String address;

    private FirefoxServer(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    static FirefoxServer start(Path firefox) {
        try {
            return started(firefox);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FirefoxServer started(Path firefox) throws IOException {
        Path settings = Files.createTempFile("firefox", ".json");
        settings = Files.writeString(settings, "{\"headless\": true, \"executablePath\": \"" + firefox + "\"}");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(
                java,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "com.microsoft.playwright.CLI",
                "launch-server",
                "--browser",
                "_bidiFirefox",
                "--config",
                settings.toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        Process process = builder.start();
        BufferedReader said = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("ws://")) {
                return new FirefoxServer(process, line);
            }
            all.append(line).append('\n');
        }
        throw new IllegalStateException("Firefox did not start: " + all);
    }

    String address() {
        return address;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
