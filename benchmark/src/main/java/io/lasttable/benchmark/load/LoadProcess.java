package io.lasttable.benchmark.load;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A load generator in a process of its own, so that its work is never counted as the servers'. */
public final class LoadProcess implements AutoCloseable {

    private final String name;
    private final Process process;
    private final BufferedWriter to;
    private final BufferedReader from;

    private LoadProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.to = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.from = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** @param logs folder for what it prints */
    public static LoadProcess start(String name, Path logs) throws IOException {
        Path folder = Files.createDirectories(logs);
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-XX:+UseParallelGC",
                "-classpath",
                System.getProperty("java.class.path"),
                LoadMain.class.getName());
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve(name + ".log").toFile())
                .start();
        return new LoadProcess(name, process);
    }

    public long pid() {
        return process.pid();
    }

    /** Has a task done and waits for its answer. */
    public JsonObject ask(String task, JsonObject parameters) {
        begin(task, parameters);
        return answer();
    }

    /** Has a task begun; {@link #answer} waits for its end. */
    public void begin(String task, JsonObject parameters) {
        try {
            to.write(parameters.copy().put("do", task).encode());
            to.newLine();
            to.flush();
        } catch (IOException e) {
            throw new IllegalStateException("The load process " + name + " is gone", e);
        }
    }

    public JsonObject answer() {
        try {
            String line = from.readLine();
            if (line == null) {
                throw new IllegalStateException("The load process " + name + " ended; see its log");
            }
            JsonObject answer = new JsonObject(line);
            if (answer.containsKey("failed")) {
                throw new IllegalStateException("Load process " + name + ": " + answer.getString("failed"));
            }
            return answer;
        } catch (IOException e) {
            throw new IllegalStateException("The load process " + name + " is gone", e);
        }
    }

    @Override
    public void close() throws IOException {
        to.close();
        process.onExit().join();
    }
}
