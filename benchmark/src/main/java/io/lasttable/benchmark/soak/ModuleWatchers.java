package io.lasttable.benchmark.soak;

import io.lasttable.benchmark.history.DayKey;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pages on {@code client.js}, in a node process: what the module says to its callers, through the load balancer. */
final class ModuleWatchers implements AutoCloseable {

    private static final String PAGES = """
            const [module, url, ...days] = process.argv.slice(1);
            process.on('unhandledRejection', () => {});
            const { connect } = await import(module);
            const say = (day, word) => console.log(JSON.stringify({ day, ...word }));
            for (const day of days) {
              const [venueId, date] = day.split('/');
              const live = connect({ url });
              live.onerror = () => {};
              const watch = live.watchDay(venueId, date, {
                onvalue: (value) => say(day, { value, state: watch.state }),
                onstate: ({ state }) => say(day, { state }),
                onerror: () => {},
              });
            }
            process.stdin.on('end', () => process.exit(0)).resume();
            """;

    private final Map<String, Sight> sights = new HashMap<>();
    private final Process node;

    private ModuleWatchers(Process node, List<DayKey> days, Duration pingInterval) {
        this.node = node;
        days.forEach(day -> sights.put(day.toString(), new Sight("client.js", day, true, pingInterval)));
    }

    static boolean hasNode() {
        try {
            return new ProcessBuilder("node", "--version").start().waitFor() == 0;
        } catch (IOException none) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** @param module the module's file, as {@code client.js} is made of it */
    static ModuleWatchers open(Path module, String url, List<DayKey> days, Duration pingInterval) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "node",
                "--experimental-websocket",
                "--no-warnings",
                "--input-type=module",
                "--eval",
                PAGES,
                module.toUri().toString(),
                url));
        days.forEach(day -> command.add(day.toString()));
        ModuleWatchers watchers = new ModuleWatchers(
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start(),
                days,
                pingInterval);
        Thread thread = new Thread(watchers::listen, "client.js");
        thread.setDaemon(true);
        thread.start();
        return watchers;
    }

    private void listen() {
        try (var lines = new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                hear(new JsonObject(line));
            }
        } catch (IOException ended) {
            sights.values().forEach(sight -> sight.believe(false));
        }
    }

    private void hear(JsonObject word) {
        Sight sight = sights.get(word.getString("day"));
        boolean isSure = word.getString("state", "").equals("live");
        if (word.containsKey("value")) {
            sight.state(word.getJsonObject("value"), System.nanoTime(), isSure, false);
        } else {
            sight.believe(isSure);
        }
    }

    List<Sight> sights() {
        return List.copyOf(sights.values());
    }

    @Override
    public void close() {
        node.destroy();
    }
}
