package io.lasttable.notify;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between the rooms of notify-service: connections and feed know what is watched, what is watched knows nobody. */
class ArchitectureTest {

    private static final String ROOT = "io.lasttable.notify.";
    private final JavaClasses service = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.lasttable.notify");

    @Test
    void theArrowsPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("drain")
                .definedBy(ROOT + "drain")
                .layer("sse")
                .definedBy(ROOT + "sse")
                .layer("live")
                .definedBy(ROOT + "live")
                .layer("access")
                .definedBy(ROOT + "access")
                .layer("feed")
                .definedBy(ROOT + "feed")
                .layer("day")
                .definedBy(ROOT + "day")
                .layer("reservation")
                .definedBy(ROOT + "reservation")
                .layer("delivery")
                .definedBy(ROOT + "delivery")
                .layer("loop")
                .definedBy(ROOT + "loop")
                .whereLayer("drain")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("sse")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("live")
                .mayOnlyBeAccessedByLayers("sse", "drain")
                .whereLayer("loop")
                .mayOnlyBeAccessedByLayers("live")
                .whereLayer("feed")
                .mayOnlyBeAccessedByLayers("live")
                .whereLayer("access")
                .mayOnlyBeAccessedByLayers("live")
                .whereLayer("reservation")
                .mayOnlyBeAccessedByLayers("live", "feed", "access")
                .whereLayer("day")
                .mayOnlyBeAccessedByLayers("sse", "live", "feed")
                .check(service);
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
                .resideInAnyPackage("java..", ROOT + "day", ROOT + "reservation", ROOT + "delivery")
                .check(service);
    }
}
