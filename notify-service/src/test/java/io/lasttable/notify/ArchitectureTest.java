package io.lasttable.notify;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between the rooms of notify-service: feed and delivery know the days, the days know nobody. */
class ArchitectureTest {

    private static final String ROOT = "io.lasttable.notify.";
    private final JavaClasses service = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.lasttable.notify");

    @Test
    void theArrowsPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("sse")
                .definedBy(ROOT + "sse")
                .layer("live")
                .definedBy(ROOT + "live")
                .layer("feed")
                .definedBy(ROOT + "feed")
                .layer("day")
                .definedBy(ROOT + "day")
                .whereLayer("sse")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("live")
                .mayOnlyBeAccessedByLayers("sse")
                .whereLayer("feed")
                .mayOnlyBeAccessedByLayers("live")
                .check(service);
    }

    @Test
    void theDaysKnowNoFramework() {
        classes()
                .that()
                .resideInAPackage(ROOT + "day")
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", ROOT + "day")
                .check(service);
    }
}
