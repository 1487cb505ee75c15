package io.lasttable.notify;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The arrows between the rooms of notify-service: connections and feed know what is watched, what is watched knows nobody. */
class ArchitectureTest {

    private static final String ROOT = "io.lasttable.notify.";

    /** Each room, and who may enter it. */
    private static final Map<String, Set<String>> ROOMS = Map.ofEntries(
            room("drain"),
            room("client"),
            room("socket"),
            room("sse"),
            room("hub", "socket", "sse", "drain"),
            room("access", "socket", "hub"),
            room("kafka", "hub"),
            room("pages"),
            room("snapshot", "hub"),
            room("document", "kafka", "snapshot"),
            room("day", "socket", "sse", "hub", "kafka", "snapshot", "document"),
            room("reservation", "socket", "hub", "kafka", "snapshot", "document", "access"),
            room("delivery", "socket", "sse", "hub", "day", "reservation", "wire"),
            room("wire", "socket", "sse", "hub"));

    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.lasttable.notify");

    private static Entry<String, Set<String>> room(String name, String... mayEnter) {
        return Map.entry(name, Set.of(mayEnter));
    }

    @Test
    void noRoomsStandInACircle() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(SERVICE);
    }

    @Test
    void theArrowsPointOneWay() {
        LayeredArchitecture rooms = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String room : ROOMS.keySet()) {
            rooms = rooms.layer(room).definedBy(ROOT + room);
        }
        for (Entry<String, Set<String>> room : ROOMS.entrySet()) {
            rooms = room.getValue().isEmpty()
                    ? rooms.whereLayer(room.getKey()).mayNotBeAccessedByAnyLayer()
                    : rooms.whereLayer(room.getKey())
                            .mayOnlyBeAccessedByLayers(room.getValue().toArray(String[]::new));
        }
        rooms.check(SERVICE);
    }

    @Test
    void everyClassIsInARoom() {
        classes()
                .that()
                .resideOutsideOfPackage("io.lasttable.notify")
                .should()
                .resideInAnyPackage(ROOMS.keySet().stream().map(ROOT::concat).toArray(String[]::new))
                .check(SERVICE);
    }

    @Test
    void whatIsWatchedKnowsNoFramework() {
        classes()
                .that()
                .resideInAnyPackage(ROOT + "day", ROOT + "reservation", ROOT + "delivery")
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "com.google.errorprone..", ROOT + "day", ROOT + "reservation", ROOT + "delivery")
                .check(SERVICE);
    }

    @Test
    void onlyTheWireReachesBeneathTheExtensions() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "wire")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.netty.bootstrap..",
                        "io.netty.buffer..",
                        "io.netty.channel..",
                        "io.netty.handler..",
                        "io.vertx..impl..",
                        "io.quarkus.vertx.http.runtime.security..")
                .check(SERVICE);
    }
}
