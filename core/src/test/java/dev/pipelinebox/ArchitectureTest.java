package dev.pipelinebox;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The house, as DESIGN.md has it: arrows run downward only, siblings do not know each other, doors are few. */
class ArchitectureTest {

    private static final String ROOT = "dev.pipelinebox";

    /** What is public in the rooms, so that it can be used from the entry; everything else is package-private. */
    private static final Map<String, Set<String>> DOORS = Map.of(
            "actor", Set.of("MasterMessage"),
            "launch", Set.of("LaunchSettings", "WorkerLauncher"),
            "master",
                    Set.of(
                            "MasterActor",
                            "MasterCommand",
                            "Outcome",
                            "PoolSettings",
                            "ProcessStarter",
                            "Quarantine",
                            "Task",
                            "TaskPolicy",
                            "TaskOutcome",
                            "TaskSink",
                            "WorkerSlot",
                            "WorkerSpec"),
            "monitor", Set.of("MonitorHub", "VerboseMonitor", "WorkloadCounter", "WorkloadMaxCounter"),
            "testkit", Set.of("TestKit"),
            "worker", Set.of("ArchiveTraining", "InProcessWorkers", "WorkerMain"));

    private static JavaClasses library;

    @BeforeAll
    static void read() {
        library = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(ROOT);
    }

    @Test
    void isLookedAtAsAWhole() {
        assertThat(library.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        ROOT,
                        ROOT + ".actor",
                        ROOT + ".api",
                        ROOT + ".launch",
                        ROOT + ".master",
                        ROOT + ".monitor",
                        ROOT + ".protocol",
                        ROOT + ".testkit",
                        ROOT + ".worker");
    }

    @Test
    void arrowsRunDownwardOnlyAndSiblingsDoNotKnowEachOther() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("testkit")
                .definedBy(ROOT + ".testkit")
                .layer("entry")
                .definedBy(ROOT)
                .layer("master")
                .definedBy(ROOT + ".master")
                .layer("worker")
                .definedBy(ROOT + ".worker")
                .layer("monitor")
                .definedBy(ROOT + ".monitor")
                .layer("launch")
                .definedBy(ROOT + ".launch")
                .layer("actor")
                .definedBy(ROOT + ".actor")
                .layer("protocol")
                .definedBy(ROOT + ".protocol")
                .layer("api")
                .definedBy(ROOT + ".api")
                .whereLayer("testkit")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("entry")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("master")
                .mayOnlyBeAccessedByLayers("entry")
                .whereLayer("monitor")
                .mayOnlyBeAccessedByLayers("entry")
                .whereLayer("launch")
                .mayOnlyBeAccessedByLayers("entry")
                .whereLayer("worker")
                .mayOnlyBeAccessedByLayers("entry")
                .whereLayer("actor")
                .mayOnlyBeAccessedByLayers("entry")
                .whereLayer("protocol")
                .mayOnlyBeAccessedByLayers("entry", "master", "worker", "monitor", "launch")
                .check(library);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(library);
    }

    @Test
    void theApiKnowsNothingButTheJdkAndItself() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".api")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(ROOT + ".api", "java..", "org.jspecify.annotations"))
                .check(library);
    }

    @Test
    void theMessagesOfOtherActorsKnowNothingButAkkasReferencesAndTheApi() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".actor")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        ROOT + ".actor", ROOT + ".api", "akka.actor.typed", "java..", "org.jspecify.annotations"))
                .check(library);
    }

    @Test
    void theTestKitOnlyWritesConfiguration() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".testkit")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        ROOT + ".testkit", "com.typesafe.config..", "java..", "org.jspecify.annotations"))
                .check(library);
    }

    @Test
    void onlyTheRoomsThatSpeakOverTheWireKnowAkka() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".api", ROOT + ".launch")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("akka..")
                .check(library);
    }

    @Test
    void onlyTheProtocolKnowsJackson() {
        noClasses()
                .that(not(resideInAPackage(ROOT + ".protocol")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson..")
                .check(library);
    }

    @Test
    void nothingLogsPastSlf4j() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ch.qos.logback..", "java.util.logging..", "org.apache..")
                .check(library);
    }

    @Test
    void noLoggerIsMadeBeforeSomethingIsLogged() {
        fields().that()
                .areStatic()
                .should()
                .notHaveRawType("org.slf4j.Logger")
                .because("the first logger has the backend set itself up, a sixth of a start with Logback")
                .check(library);
    }

    @Test
    void onlyTheConsoleKnowsStandardOutput() {
        noClasses()
                .that(not(JavaClass.Predicates.equivalentTo(Console.class)))
                .should()
                .accessField(System.class, "out")
                .check(library);
    }

    @Test
    void onlyTheConsoleKnowsStandardError() {
        noClasses()
                .that(not(JavaClass.Predicates.equivalentTo(Console.class)))
                .should()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(library);
    }

    @Test
    void nobodyIsSerialisedTheJavaWay() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectOutputStream")
                .check(library);
    }

    @Test
    void onlyTheDoorsOfARoomArePublic() {
        Map<String, Set<String>> found = new TreeMap<>();
        for (JavaClass type : library) {
            String room = type.getPackageName()
                    .substring(Math.min(ROOT.length() + 1, type.getPackageName().length()));
            if (DOORS.containsKey(room)
                    && type.isTopLevelClass()
                    && type.getModifiers().contains(JavaModifier.PUBLIC)) {
                found.computeIfAbsent(room, name -> new TreeSet<>()).add(type.getSimpleName());
            }
        }

        assertThat(found).isEqualTo(new TreeMap<>(DOORS));
    }

    @Test
    void theEntryShowsTheMasterItsBuilderAndThePipelineOnly() {
        List<String> shown = library.stream()
                .filter(type -> type.getPackageName().equals(ROOT) && type.isTopLevelClass())
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getSimpleName)
                .toList();

        assertThat(shown).containsExactlyInAnyOrder("Master", "MasterBuilder", "Pipeline");
    }
}
