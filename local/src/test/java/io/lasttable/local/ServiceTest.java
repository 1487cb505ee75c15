package io.lasttable.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ServiceTest {

    private static final String IMAGE = "quarkus.jib.environment-variables.";

    /** Otherwise the benchmark would measure another process than the one that is deployed. */
    @Test
    void notifyServiceRunsHereAsInItsImage() throws IOException {
        Properties image = new Properties();
        try (var file = Files.newBufferedReader(
                Path.of("..", "notify-service", "src", "main", "resources", "application.properties"))) {
            image.load(file);
        }
        assertThat(Service.NOTIFY.jvmOptions())
                .startsWith(image.getProperty(IMAGE + "GC_CONTAINER_OPTIONS").split(" "))
                .endsWith(
                        "-XX:MinHeapFreeRatio=" + image.getProperty(IMAGE + "GC_MIN_HEAP_FREE_RATIO"),
                        "-XX:MaxHeapFreeRatio=" + image.getProperty(IMAGE + "GC_MAX_HEAP_FREE_RATIO"))
                .hasSize(4);
        assertThat(Service.NOTIFY.environment())
                .containsOnlyKeys("MALLOC_ARENA_MAX")
                .containsValue(image.getProperty(IMAGE + "MALLOC_ARENA_MAX"));
    }
}
