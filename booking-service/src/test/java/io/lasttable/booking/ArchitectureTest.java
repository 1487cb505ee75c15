package io.lasttable.booking;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The arrows between the rooms of booking-service, and a core without frameworks. */
class ArchitectureTest {

    private static final String ROOT = "io.lasttable.booking.";
    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.lasttable.booking");

    /** But for the name of a venue, which everybody says. */
    @Test
    void noRoomsStandInACircle() {
        slices().matching(ROOT + "(*)..")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(alwaysTrue(), name(ROOT + "venue.VenueId"))
                .check(SERVICE);
    }

    @Test
    void theArrowsPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("reservation")
                .definedBy(ROOT + "reservation")
                .layer("waitlist")
                .definedBy(ROOT + "waitlist")
                .layer("daybook")
                .definedBy(ROOT + "daybook")
                .layer("day")
                .definedBy(ROOT + "day")
                .layer("venue")
                .definedBy(ROOT + "venue")
                .layer("problem")
                .definedBy(ROOT + "problem")
                .layer("json")
                .definedBy(ROOT + "json")
                .whereLayer("waitlist")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("reservation")
                .mayOnlyBeAccessedByLayers("waitlist")
                .whereLayer("daybook")
                .mayOnlyBeAccessedByLayers("reservation", "waitlist")
                .whereLayer("day")
                .mayOnlyBeAccessedByLayers("daybook", "reservation", "waitlist")
                .whereLayer("venue")
                .mayOnlyBeAccessedByLayers("day", "daybook", "reservation", "waitlist")
                .whereLayer("json")
                .mayNotAccessAnyLayer()
                .check(SERVICE);
    }

    @Test
    void noRoomKnowsTheServiceThatStartsThem() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.lasttable.booking")
                .check(SERVICE);
    }

    /** Outbox, signals, access, problems and JSON serve the features, and know none of them. */
    @Test
    void whatFeaturesStandOnDoesNotKnowThem() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + "outbox",
                        ROOT + "signal",
                        ROOT + "access",
                        ROOT + "problem",
                        ROOT + "http",
                        ROOT + "json",
                        ROOT + "contact")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "day",
                        ROOT + "daybook",
                        ROOT + "reservation",
                        ROOT + "waitlist",
                        ROOT + "guest",
                        ROOT + "changes",
                        ROOT + "idempotency",
                        ROOT + "limits")
                .check(SERVICE);
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "day", ROOT + "daybook", ROOT + "venue")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "guest", ROOT + "changes", ROOT + "idempotency", ROOT + "limits")
                .check(SERVICE);
    }

    @Test
    void theDayKnowsNoFramework() {
        classes()
                .that()
                .resideInAPackage(ROOT + "day")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", ROOT + "day", ROOT + "venue", ROOT + "contact", "com.google.errorprone.annotations")
                .check(SERVICE);
    }

    /** Webhooks, publishable keys and calendar addresses are off the hot path, where entities are; nobody needs them. */
    @Test
    void entitiesStayOffTheHotPathAndNobodyNeedsThem() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "webhook", ROOT + "embed", ROOT + "calendar", ROOT + "entity")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.hibernate..",
                        "jakarta.persistence..",
                        "io.quarkus.hibernate.reactive..",
                        ROOT + "webhook",
                        ROOT + "embed",
                        ROOT + "entity",
                        ROOT + "calendar")
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

    /** What is initialized while a native executable is built is seeded there, and draws the same in every process. */
    @Test
    void whatDrawsByChanceIsInitializedWhenTheServiceStarts() throws IOException {
        String atStart = Files.readString(Path.of(
                "src/main/resources/META-INF/native-image/io.lasttable/booking-service/native-image.properties"));
        fields().that()
                .areStatic()
                .and()
                .haveRawType(assignableTo(Random.class))
                .should()
                .beDeclaredInClassesThat(
                        describe("are initialized at run time", declaring -> atStart.contains(declaring.getName())))
                .check(SERVICE);
    }

    /** What is initialized while a native executable is built cannot keep addresses, and most of this service is: keep their bytes. */
    @Test
    void nothingKeepsAnAddress() {
        noFields().should().haveRawType(assignableTo(InetAddress.class)).check(SERVICE);
    }

    /** It is decided by the database's clock; only whether a token has ended is told by the machine's. */
    @Test
    void nothingAsksTheMachineForTheTime() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + "access.KnownTokens")
                .should()
                .callMethodWhere(target(nameMatching("now|system.*|currentTimeMillis|setIssuedAtToNow|.*InTheFuture"))
                        .and(target(owner(resideInAnyPackage("java.time..", "org.jose4j.jwt..")
                                .or(type(System.class))))))
                .check(SERVICE);
    }
}
