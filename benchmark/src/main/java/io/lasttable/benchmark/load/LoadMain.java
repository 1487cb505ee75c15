package io.lasttable.benchmark.load;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The program of a load process: reads one JSON object a line, does the task that it names in {@code do}, and answers with
 * one line. Ends when its input does, so it never outlives the benchmark.
 */
public final class LoadMain {

    private final Map<String, LoadTask> tasks = new HashMap<>();

    private LoadMain() {
        WatchTasks watching = new WatchTasks();
        tasks.put("watch", watching::open);
        tasks.put("reset", watching::reset);
        tasks.put("count", watching::count);
        tasks.put("latency", watching::latency);
        tasks.put("versions", watching::versions);
        tasks.put("cut", watching::cut);
        tasks.put("storm", watching::storm);
        tasks.put("unwatch", watching::close);
        tasks.put("http", new HttpTask());
        tasks.put("floor", new LiveFloor());
        tasks.put("changes", new ChangeTask());
        tasks.put("push", new PushTask());
    }

    public static void main(String[] arguments) throws IOException {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream output = System.out;
        System.setOut(System.err);
        LoadMain load = new LoadMain();
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            output.println(load.answer(line));
            output.flush();
        }
        System.exit(0);
    }

    private String answer(String line) {
        JsonObject asked = new JsonObject(line);
        try {
            return tasks.get(asked.getString("do")).run(asked).encode();
        } catch (Exception e) {
            e.printStackTrace(System.err);
            return new JsonObject().put("failed", e.toString()).encode();
        }
    }
}
