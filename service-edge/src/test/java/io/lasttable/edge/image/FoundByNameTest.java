package io.lasttable.edge.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoundByNameTest {

    /** All that can be asked of a cache that keeps its keys and values strongly. */
    private static final List<UnaryOperator<Caffeine<Object, Object>>> ASKED = List.of(
            cache -> cache.maximumSize(1),
            cache -> cache.maximumWeight(1).weigher((key, value) -> 1),
            cache -> cache.expireAfterAccess(Duration.ofHours(1)),
            cache -> cache.expireAfterWrite(Duration.ofHours(1)),
            cache -> cache.refreshAfterWrite(Duration.ofHours(1)),
            cache -> cache.removalListener((key, value, cause) -> {}),
            Caffeine::recordStats);

    @Test
    void whateverACacheIsAskedForItsClassesAreFound() throws Exception {
        List<String> found = FoundByName.names(jarOf(Caffeine.class));
        Set<String> needed = new LinkedHashSet<>();
        for (int asked = 1; asked < 1 << ASKED.size(); asked++) {
            if ((asked & 3) != 3) { // a size or a weight
                needed.addAll(classesOf(cache(asked)));
            }
        }
        assertThat(needed).hasSizeGreaterThan(60);
        assertThat(found).containsAll(needed).hasSizeLessThan(150);
    }

    @Test
    void ofAServiceThoseAreFoundThatSomebodyWrote(@TempDir Path folder) throws IOException {
        Path jar = folder.resolve("service.jar");
        write(
                jar,
                "io/lasttable/booking/BookingService.class",
                "io/lasttable/booking/json/Mistakes$Mistake.class",
                "io/lasttable/booking/json/Mistakes$1.class",
                "io/lasttable/booking/json/package-info.class",
                "io/lasttable/booking/venue/Venues_Bean.class",
                "io/lasttable/booking/venue/VenueResource$quarkusrestinvoker$get_1.class",
                "io/lasttable/booking/problem/Words.properties",
                "io/lasttable/edge/IssuedForUs.class",
                "io/quarkus/runner/ApplicationImpl.class");
        assertThat(FoundByName.names(jar))
                .containsExactlyInAnyOrder(
                        "io.lasttable.booking.BookingService", "io.lasttable.booking.json.Mistakes$Mistake");
        assertThat(FoundByName.names(folder)).isEmpty();
    }

    private static Cache<Object, Object> cache(int asked) {
        Caffeine<Object, Object> cache = Caffeine.newBuilder();
        for (int i = 0; i < ASKED.size(); i++) {
            if ((asked >> i & 1) == 1) {
                cache = ASKED.get(i).apply(cache);
            }
        }
        return cache.build(key -> key);
    }

    /** Its own and that of its entries' factory, where it has been told anything that needs one. */
    private static Set<String> classesOf(Cache<Object, Object> cache) throws ReflectiveOperationException {
        Set<String> classes = new LinkedHashSet<>();
        Class<?> own = cache.asMap().getClass();
        Class<?> bounded = own;
        while (bounded != null && !bounded.getSimpleName().equals("BoundedLocalCache")) {
            bounded = bounded.getSuperclass();
        }
        if (bounded != null) {
            Field nodes = bounded.getDeclaredField("nodeFactory");
            nodes.setAccessible(true);
            classes.add(own.getName());
            classes.add(nodes.get(cache.asMap()).getClass().getName());
        }
        return classes;
    }

    private static Path jarOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static void write(Path jar, String... names) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
            }
        }
    }
}
