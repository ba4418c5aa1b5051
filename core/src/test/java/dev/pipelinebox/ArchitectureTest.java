package dev.pipelinebox;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.pipelinebox.internal.os.StandardStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rooms of the library: which there are, and which room may use which. Arrows run downward only. */
class ArchitectureTest {

    private static final String ROOT = "dev.pipelinebox";
    private static final String INTERNAL = ROOT + ".internal";

    /** The entry has no name of its own. */
    private static final String ENTRY = "";

    /** A room with more files than this needs a new concept, and a room for it. */
    private static final int MOST_FILES = 20;

    /** Decide, and are told the time: no actor, no thread, no clock. */
    private static final List<String> PURE =
            List.of("internal.task", "internal.schedule", "internal.pool", "internal.hosts");

    /** Every room, with the rooms that it may use beside {@code api}, which all may use. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            entry(
                    ENTRY,
                    Set.of("actor", "internal.client", "internal.runtime", "internal.submit", "internal.submit.input")),
            entry(
                    "internal.runtime",
                    Set.of(
                            "actor",
                            "internal.bootstrap",
                            "internal.client",
                            "internal.cluster",
                            "internal.codec",
                            "internal.config",
                            "internal.event",
                            "internal.hosts",
                            "internal.launch",
                            "internal.launch.code",
                            "internal.launch.code.manifest",
                            "internal.launch.local",
                            "internal.link.host",
                            "internal.link.socket",
                            "internal.master",
                            "internal.os",
                            "internal.pool",
                            "internal.remote",
                            "internal.schedule",
                            "internal.submit",
                            "internal.submit.ask",
                            "internal.submit.input",
                            "internal.submit.pipeline",
                            "internal.task",
                            "internal.worker.inprocess")),
            entry(
                    "internal.submit",
                    Set.of(
                            "internal.client",
                            "internal.config",
                            "internal.submit.ask",
                            "internal.submit.input",
                            "internal.submit.run")),
            entry(
                    "internal.submit.ask",
                    Set.of(
                            "internal.client",
                            "internal.os",
                            "internal.schedule",
                            "internal.submit.input",
                            "internal.task")),
            entry(
                    "internal.submit.run",
                    Set.of("internal.client", "internal.os", "internal.submit.input", "internal.task")),
            entry("internal.submit.input", Set.of("internal.client", "internal.task")),
            entry("internal.submit.pipeline", Set.of("internal.client", "internal.codec", "internal.task")),
            entry(
                    "internal.worker.inprocess",
                    Set.of(
                            "internal.bootstrap",
                            "internal.cluster",
                            "internal.launch",
                            "internal.os",
                            "internal.worker")),
            entry(
                    "internal.client",
                    Set.of("internal.codec", "internal.config", "internal.master", "internal.pool", "internal.task")),
            entry(
                    "internal.launch.local",
                    Set.of(
                            "internal.bootstrap",
                            "internal.launch",
                            "internal.launch.archive",
                            "internal.launch.code",
                            "internal.os")),
            entry("internal.launch.code", Set.of("internal.os")),
            entry("internal.launch.code.manifest", Set.of("internal.launch.code", "internal.os")),
            entry(
                    "internal.launch.blob",
                    Set.of("internal.launch.code", "internal.launch.code.manifest", "internal.os")),
            entry("internal.launch.blob.transfer", Set.of("internal.launch.blob", "internal.launch.code.manifest")),
            entry(
                    "internal.worker",
                    Set.of(
                            "internal.bootstrap",
                            "internal.cluster",
                            "internal.codec",
                            "internal.link",
                            "internal.link.artery",
                            "internal.link.message",
                            "internal.link.socket",
                            "internal.os",
                            "internal.task")),
            entry(
                    "internal.cluster",
                    Set.of(
                            "internal.bootstrap",
                            "internal.cluster.authentication",
                            "internal.cluster.tls",
                            "internal.link.artery",
                            "internal.os")),
            entry("internal.cluster.authentication", Set.of("internal.bootstrap")),
            entry("internal.cluster.tls", Set.of("internal.cluster.authentication", "internal.os")),
            entry("internal.launch.archive", Set.of("internal.launch", "internal.launch.code", "internal.os")),
            entry(
                    "internal.master",
                    Set.of(
                            "internal.bootstrap",
                            "internal.codec",
                            "internal.event",
                            "internal.launch",
                            "internal.link",
                            "internal.link.artery",
                            "internal.link.message",
                            "internal.link.relay",
                            "internal.link.socket",
                            "internal.os",
                            "internal.pool",
                            "internal.remote",
                            "internal.schedule",
                            "internal.task")),
            entry("monitor", Set.of("internal.os")),
            entry("internal.os", Set.of()),
            entry("internal.link.artery", Set.of("internal.link", "internal.link.message", "internal.link.transfer")),
            entry(
                    "internal.link.socket",
                    Set.of("internal.link", "internal.link.message", "internal.link.transfer", "internal.os")),
            entry("internal.link.transfer", Set.of("internal.link.message")),
            entry("internal.launch", Set.of("internal.bootstrap", "internal.config")),
            entry("internal.link.message", Set.of("internal.task")),
            entry("internal.hosts", Set.of("internal.task")),
            entry("internal.pool", Set.of("internal.task")),
            entry("internal.schedule", Set.of("internal.task")),
            entry("actor", Set.of()),
            entry("api", Set.of()),
            entry("internal.bootstrap", Set.of("internal.config")),
            entry("internal.codec", Set.of("internal.task")),
            entry("internal.config", Set.of()),
            entry("internal.event", Set.of("internal.task")),
            entry("internal.link", Set.of("internal.link.message")),
            entry("internal.task", Set.of()),
            entry("testkit", Set.of()),
            entry(
                    "internal.host",
                    Set.of(
                            "internal.bootstrap",
                            "internal.cluster",
                            "internal.cluster.tls",
                            "internal.hosts",
                            "internal.launch",
                            "internal.launch.blob",
                            "internal.launch.blob.transfer",
                            "internal.launch.code.manifest",
                            "internal.launch.local",
                            "internal.link.host",
                            "internal.link.relay",
                            "internal.link.socket",
                            "internal.os")),
            entry(
                    "internal.link.host",
                    Set.of(
                            "internal.hosts",
                            "internal.launch.blob.transfer",
                            "internal.launch.code.manifest",
                            "internal.link.artery")),
            entry(
                    "internal.link.relay",
                    Set.of("internal.link", "internal.link.artery", "internal.link.message", "internal.link.socket")),
            entry(
                    "internal.remote",
                    Set.of(
                            "internal.bootstrap",
                            "internal.cluster",
                            "internal.cluster.tls",
                            "internal.config",
                            "internal.hosts",
                            "internal.launch",
                            "internal.launch.blob.transfer",
                            "internal.launch.code.manifest",
                            "internal.launch.local",
                            "internal.link",
                            "internal.link.artery",
                            "internal.link.host",
                            "internal.link.relay",
                            "internal.os",
                            "internal.task")),
            entry("spi", Set.of("internal.cluster", "internal.cluster.tls", "internal.host")));

    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?(dev\\.pipelinebox(?:\\.[a-z]\\w*)*)\\.[A-Z]", Pattern.MULTILINE);

    private static JavaClasses library;

    /** One use of a room by another. */
    private record Arrow(String from, String to, String description) {}

    @BeforeAll
    static void read() {
        library = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(ROOT);
    }

    @Test
    void everyRoomImportsExactlyTheRoomsThatItMayUse() throws IOException {
        Map<String, Set<String>> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String text = Files.readString(file);
                String room = room(first(PACKAGE, text));
                Set<String> used = found.computeIfAbsent(room, name -> new TreeSet<>());
                IMPORT.matcher(text)
                        .results()
                        .map(match -> room(match.group(1)))
                        .filter(other -> !other.equals(room) && !other.equals("api"))
                        .forEach(used::add);
            }
        }

        assertThat(found).isEqualTo(new TreeMap<>(ARROWS));
    }

    /** What is named in full, or comes in by a type that is not named, needs no import. */
    @Test
    void noRoomUsesAnotherWithoutAnImport() {
        assertThat(library.stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .filter(dependency -> isOurs(dependency.getTargetClass().getBaseComponentType()))
                        .map(dependency -> new Arrow(
                                room(dependency.getOriginClass()),
                                room(dependency.getTargetClass().getBaseComponentType()),
                                dependency.getDescription()))
                        .filter(arrow ->
                                !arrow.from().equals(arrow.to()) && !arrow.to().equals("api"))
                        .filter(arrow -> !ARROWS.get(arrow.from()).contains(arrow.to())))
                .isEmpty();
    }

    @Test
    void roomsAreFreeOfCycles() {
        slices().matching("(**)").should().beFreeOfCycles().check(library);
    }

    @Test
    void noRoomHasMoreFilesThanCanBeSeenAtOnce() {
        Map<String, Long> files = library.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !room(type).equals("api"))
                .collect(Collectors.groupingBy(ArchitectureTest::room, TreeMap::new, Collectors.counting()));

        assertThat(files).allSatisfy((room, count) -> assertThat(count).as(room).isLessThanOrEqualTo(MOST_FILES));
    }

    @Test
    void theEntryShowsTheMasterItsBuilderThePipelineAndOneTool() {
        assertThat(library.stream()
                        .filter(type -> room(type).equals(ENTRY) && type.isTopLevelClass())
                        .filter(type -> !type.getSimpleName().equals("package-info"))
                        .map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrder("ArchiveTool", "Master", "MasterBuilder", "Pipeline");
    }

    @Test
    void nothingInternalIsSeenInAPublicSignature() {
        assertThat(library.stream()
                        .filter(type -> !type.getPackageName().startsWith(INTERNAL) && isVisible(type))
                        .flatMap(ArchitectureTest::signature)
                        .filter(part -> part.contains(INTERNAL)))
                .isEmpty();
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
    void pureRoomsKnowNothingButTheJdkTheApiAndTheValuesOfTasks() {
        classes()
                .that(arePure())
                .should()
                .onlyDependOnClassesThat(arePure()
                        .or(resideInAnyPackage(
                                ROOT + ".api",
                                "java.lang..",
                                "java.util",
                                "java.util.function",
                                "java.util.stream",
                                "java.time..",
                                "org.jspecify.annotations")))
                .check(library);
    }

    @Test
    void pureRoomsKnowNoThreadAndAreToldTheTime() {
        noClasses()
                .that(arePure())
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, ThreadLocal.class, Clock.class)
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .check(library);
    }

    @Test
    void roomsBelowTheActorsDoNotKnowAkka() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".api",
                        INTERNAL + ".bootstrap",
                        INTERNAL + ".codec",
                        INTERNAL + ".config",
                        INTERNAL + ".launch..",
                        INTERNAL + ".os",
                        INTERNAL + ".submit.input",
                        INTERNAL + ".submit.run")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("akka..")
                .check(library);
    }

    @Test
    void onlyTheRoomsThatMakeBytesKnowJackson() {
        noClasses()
                .that(not(resideInAnyPackage(
                        INTERNAL + ".bootstrap",
                        INTERNAL + ".codec",
                        INTERNAL + ".link.host",
                        INTERNAL + ".link.message")))
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
    void onlyStandardStreamsKnowStandardOutputAndError() {
        noClasses()
                .that(not(JavaClass.Predicates.equivalentTo(StandardStreams.class)))
                .should()
                .accessField(System.class, "out")
                .orShould()
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

    private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> arePure() {
        return resideInAnyPackage(PURE.stream().map(room -> ROOT + "." + room).toArray(String[]::new))
                .as("are in a pure room");
    }

    /** The package without what all packages have in common. */
    private static String room(JavaClass type) {
        return room(type.getPackageName());
    }

    private static String room(String packageName) {
        return packageName.equals(ROOT) ? ENTRY : packageName.substring(ROOT.length() + 1);
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(ROOT);
    }

    private static String first(Pattern pattern, String text) {
        return pattern.matcher(text).results().findFirst().orElseThrow().group(1);
    }

    private static boolean isVisible(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ArchitectureTest::isVisible).orElse(true);
    }

    private static Stream<String> signature(JavaClass type) {
        Stream<String> supertypes = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
                .flatMap(parent -> names(type, parent));
        Stream<String> ofFields = type.getFields().stream()
                .filter(field -> isVisible(field.getModifiers()))
                .map(JavaField::getType)
                .flatMap(field -> names(type, field));
        Stream<String> ofCode = type.getCodeUnits().stream()
                .filter(code -> isVisible(code.getModifiers()))
                .flatMap(code -> Stream.concat(Stream.of(code.getReturnType()), parameters(code))
                        .flatMap(part -> names(code, part)));
        return Stream.of(supertypes, ofFields, ofCode).flatMap(parts -> parts);
    }

    private static Stream<JavaType> parameters(JavaCodeUnit code) {
        return code.getParameterTypes().stream();
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static Stream<String> names(Object where, JavaType type) {
        return type.getAllInvolvedRawTypes().stream().map(raw -> where + ": " + raw.getName());
    }
}
