package io.lasttable.notify.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The service as it was packaged: the native executable where there is one, otherwise the jar. */
public final class Packaged {

    private Packaged() {}

    /** What starts it with these settings. */
    public static List<String> command(Map<String, String> settings) throws IOException {
        List<String> command = new ArrayList<>();
        try (var files = Files.newDirectoryStream(Path.of("target"), "*-runner")) {
            files.forEach(runner -> command.add(runner.toAbsolutePath().toString()));
        }
        List<String> properties =
                settings.entrySet().stream().map(each -> "-D" + each).toList();
        if (command.isEmpty()) {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(properties);
            command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
        } else {
            command.addAll(properties);
        }
        return command;
    }
}
