package io.lasttable.availability;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between the rooms, and a core without frameworks. */
class ArchitectureTest {

    private static final String ROOT = "io.lasttable.availability.";
    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.lasttable.availability");

    @Test
    void noRoomsStandInACircle() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(SERVICE);
    }

    @Test
    void theArrowsPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("rebuild")
                .definedBy(ROOT + "rebuild")
                .layer("projection")
                .definedBy(ROOT + "projection")
                .layer("search")
                .definedBy(ROOT + "search")
                .layer("calendar")
                .definedBy(ROOT + "calendar")
                .layer("access")
                .definedBy(ROOT + "access")
                .layer("day")
                .definedBy(ROOT + "day")
                .layer("venue")
                .definedBy(ROOT + "venue")
                .layer("freshness")
                .definedBy(ROOT + "freshness")
                .layer("problem")
                .definedBy(ROOT + "problem")
                .layer("load")
                .definedBy(ROOT + "load")
                .layer("settings")
                .definedBy(ROOT + "settings")
                .layer("migration")
                .definedBy(ROOT + "migration")
                .whereLayer("rebuild")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("projection")
                .mayOnlyBeAccessedByLayers("rebuild")
                .whereLayer("search")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("calendar")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("access")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("day")
                .mayOnlyBeAccessedByLayers("projection", "search", "calendar")
                .whereLayer("venue")
                .mayOnlyBeAccessedByLayers("projection", "search", "calendar", "day")
                .whereLayer("freshness")
                .mayOnlyBeAccessedByLayers("projection", "search", "calendar", "day", "access")
                .whereLayer("migration")
                .mayOnlyBeAccessedByLayers("projection")
                .whereLayer("settings")
                .mayNotAccessAnyLayer()
                .check(SERVICE);
    }

    @Test
    void theDomainKnowsNoFramework() {
        classes()
                .that()
                .haveFullyQualifiedName(ROOT + "day.Day")
                .or()
                .haveFullyQualifiedName(ROOT + "day.Slot")
                .or()
                .haveFullyQualifiedName(ROOT + "day.DayKey")
                .or()
                .haveFullyQualifiedName(ROOT + "day.OfferCode")
                .or()
                .haveFullyQualifiedName(ROOT + "day.Cutoff")
                .or()
                .haveFullyQualifiedName(ROOT + "venue.Venue")
                .or()
                .haveFullyQualifiedName(ROOT + "venue.Position")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", ROOT + "day", ROOT + "venue")
                .check(SERVICE);
    }

    @Test
    void nothingReadsConfigurationByString() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.microprofile.config..")
                .check(SERVICE);
    }

    /** Of Caffeine's classes those for weak and soft ones are not in a native executable: see FoundByName of service-edge. */
    @Test
    void cachesKeepTheirKeysAndValues() {
        noClasses()
                .should()
                .callMethodWhere(target(owner(type(Caffeine.class))).and(target(nameMatching("(weak|soft).*"))))
                .check(SERVICE);
    }

    /** Caffeine looks into what loads for a cache, finds nothing of a lambda in a native executable and warns at each start. */
    @Test
    void cachesAreToldWhatToKeepWhenTheyAreAsked() {
        noClasses()
                .should()
                .callMethod(Caffeine.class, "build", CacheLoader.class)
                .check(SERVICE);
    }

    /** It is decided by the database's clock; nothing here needs the machine's. */
    @Test
    void nothingAsksTheMachineForTheTime() {
        noClasses()
                .should()
                .callMethodWhere(target(nameMatching("now|system.*|currentTimeMillis|setIssuedAtToNow|.*InTheFuture"))
                        .and(target(owner(resideInAnyPackage("java.time..", "org.jose4j.jwt..")
                                .or(type(System.class))))))
                .check(SERVICE);
    }
}
