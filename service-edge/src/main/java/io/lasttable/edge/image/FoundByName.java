package io.lasttable.edge.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.graalvm.nativeimage.hosted.Feature;
import org.graalvm.nativeimage.hosted.RuntimeReflection;

/**
 * Lets a native executable find by name, and look into, what a JVM finds there without being asked. Where a class is missing the build says
 * nothing: a record is written as {@code {}} or not at all, an annotation is not seen, a cache cannot be made, and the answer is wrong
 * or 500. So there is no list that somebody could forget to write a class into, but two rules:
 *
 * <ul>
 *   <li>all classes of the service itself: records that Jackson reads and writes, resources that are asked for their annotations;
 *   <li>of Caffeine's generated classes, whose names spell out what a cache was told when it was made, all for strong keys and values.
 * </ul>
 *
 * <p>Named in {@code META-INF/native-image} of the service.
 */
public final class FoundByName implements Feature {

    private static final String SUFFIX = ".class";

    /** As they were written: what Quarkus generates beside them has other signs in its names, and is known to it. */
    private static final String OWN = "io/lasttable/(?!edge/)[a-z/]+/[A-Z][A-Za-z0-9]*(\\$[A-Z][A-Za-z0-9]*)*";

    private static final String CACHES_AND_NODES = "com/github/benmanes/caffeine/cache/[SP]S[A-Z]*";

    private static final Pattern FOUND = Pattern.compile("(" + OWN + "|" + CACHES_AND_NODES + ")\\" + SUFFIX);

    @Override
    public String getDescription() {
        return "Classes of the service and of its caches, found by name";
    }

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess image) {
        for (Path place : image.getApplicationClassPath()) {
            names(place).forEach(name -> register(image.findClassByName(name)));
        }
    }

    /** Of the classes in there that are to be found. */
    static List<String> names(Path jar) {
        if (!Files.isRegularFile(jar)) {
            return List.of();
        }
        try (ZipFile files = new ZipFile(jar.toFile())) {
            return files.stream()
                    .map(ZipEntry::getName)
                    .filter(FOUND.asMatchPredicate())
                    .map(file ->
                            file.substring(0, file.length() - SUFFIX.length()).replace('/', '.'))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void register(Class<?> found) {
        RuntimeReflection.register(found);
        RuntimeReflection.register(found.getDeclaredConstructors());
        RuntimeReflection.register(found.getDeclaredMethods());
        RuntimeReflection.register(found.getDeclaredFields());
        if (found.isRecord()) {
            RuntimeReflection.registerAllRecordComponents(found);
        }
    }
}
