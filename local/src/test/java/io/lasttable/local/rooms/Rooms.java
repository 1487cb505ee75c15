package io.lasttable.local.rooms;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The packages of a service, and which uses which.
 *
 * @param classes how many are in each room, those within others not counted
 * @param uses the rooms that each room knows
 */
record Rooms(Map<String, Integer> classes, Map<String, Set<String>> uses) {

    static Rooms of(String module, String root) {
        Path compiled = Path.of("..", module, "target", "classes");
        if (!Files.isDirectory(compiled)) {
            throw new IllegalStateException(module + " is not built");
        }
        Map<String, Integer> classes = new TreeMap<>();
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass type : new ClassFileImporter().importPath(compiled)) {
            room(type, root).ifPresent(room -> {
                Set<String> used = uses.computeIfAbsent(room, any -> new TreeSet<>());
                for (Dependency each : type.getDirectDependenciesFromSelf()) {
                    room(each.getTargetClass(), root)
                            .filter(other -> !other.equals(room) && !isEverybodys(each.getTargetClass()))
                            .ifPresent(used::add);
                }
                boolean counts = !type.isNestedClass() && !type.getSimpleName().equals("package-info");
                classes.merge(room, counts ? 1 : 0, Integer::sum);
            });
        }
        return new Rooms(classes, uses);
    }

    /** Absent for what is outside of the service, and for its main class beside the rooms. */
    private static Optional<String> room(JavaClass type, String root) {
        String[] path = type.getPackageName().startsWith(root + ".")
                ? type.getPackageName().substring(root.length() + 1).split("\\.")
                : new String[0];
        return path.length == 0 ? Optional.empty() : Optional.of(path[0]);
    }

    /** The name of a venue, which is said in every room. */
    private static boolean isEverybodys(JavaClass type) {
        return type.getSimpleName().equals("VenueId");
    }

    /** How many rooms stand on each other beneath this one. */
    int height(String room) {
        return height(room, Set.of());
    }

    private int height(String room, Set<String> above) {
        if (above.contains(room)) {
            throw new IllegalStateException("A circle of rooms: " + above + " and " + room);
        }
        Set<String> path = new TreeSet<>(above);
        path.add(room);
        return uses.get(room).stream()
                .mapToInt(used -> 1 + height(used, path))
                .max()
                .orElse(0);
    }

    /** Only those that no other way leads along. */
    Map<String, Set<String>> shortest() {
        Map<String, Set<String>> shortest = new TreeMap<>();
        uses.forEach((room, used) -> {
            Set<String> left = new TreeSet<>(used);
            used.forEach(between -> left.removeAll(beneath(between)));
            shortest.put(room, left);
        });
        return shortest;
    }

    private Set<String> beneath(String room) {
        Set<String> all = new TreeSet<>();
        for (String used : uses.get(room)) {
            all.add(used);
            all.addAll(beneath(used));
        }
        return all;
    }
}
