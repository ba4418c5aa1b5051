package dev.pipelinebox.examples.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JarScannerTest {

    private static JarScanner scanner;

    @TempDir
    private Path folder;

    @BeforeAll
    static void readDeprecations() {
        JdkClasses jdk = new JdkClasses();
        scanner = new JarScanner(jdk, RemovalIndex.of(jdk));
    }

    @Test
    void findsUsesOfEveryKindByTheJarItself() throws IOException {
        Path jar = folder.resolve("sample.jar");
        SampleJar.writeSample(jar);

        JarReport report = scanner.scan(jar.toString());

        assertThat(report.jar()).isEqualTo(jar.toString());
        assertThat(report.unreadable()).isEmpty();
        assertThat(report.worker()).isEqualTo(ProcessHandle.current().pid());
        assertThat(report.uses().stream().map(Jdeprscan::describe))
                .contains(
                        "sample/Extends extends java/lang/SecurityManager",
                        "sample/Implements implements java/security/DomainCombiner",
                        "sample/Declares field type java/security/Policy$Parameters",
                        "sample/Declares parameter type java/security/Policy",
                        "sample/Declares return type java/security/AccessControlContext",
                        "sample/Calls uses class java/security/AccessControlContext",
                        "sample/Calls calls method java/lang/Thread.checkAccess()V",
                        "sample/Calls calls method javax/management/relation/RoleStatus.<init>()V",
                        "sample/CallsInherited calls method java/lang/Thread.checkAccess()V",
                        "sample/OverridesInherited overrides java/lang/ThreadGroup.isDestroyed()Z");
    }

    @Test
    void findsMethodsWithTypeParameters() throws IOException {
        Path jar = folder.resolve("sample.jar");
        SampleJar.writeSample(jar);

        assertThat(scanner.scan(jar.toString()).uses())
                .filteredOn(use -> use.user().equals("sample/Generic"))
                .extracting(ApiUse::readableApi)
                .contains("javax.security.auth.Subject.doAsPrivileged"
                        + "(Subject, PrivilegedAction, AccessControlContext)");
    }

    @Test
    void findsNothingInAnEmptyJar() throws IOException {
        Path jar = folder.resolve("empty.jar");
        SampleJar.write(jar, Map.of());

        JarReport report = scanner.scan(jar.toString());

        assertThat(report.classes()).isZero();
        assertThat(report.uses()).isEmpty();
        assertThat(report.unreadable()).isEmpty();
    }

    @Test
    void refusesATruncatedJar() throws IOException {
        Path jar = folder.resolve("truncated.jar");
        SampleJar.writeSample(jar);
        byte[] whole = Files.readAllBytes(jar);
        Files.write(jar, Arrays.copyOf(whole, whole.length / 2));

        assertRefused(jar, "is it a whole jar?");
    }

    @Test
    void refusesATextFileNamedLikeAJar() throws IOException {
        Path jar = folder.resolve("text.jar");
        Files.writeString(jar, "This is no jar.");

        assertRefused(jar, "is it a whole jar?");
    }

    @Test
    void refusesAFileOfNoBytes() throws IOException {
        assertRefused(Files.createFile(folder.resolve("nothing.jar")), "is it a whole jar?");
    }

    @Test
    void refusesAJarThatIsNotThere() {
        assertRefused(folder.resolve("gone.jar"), "there is no such file");
    }

    private static void assertRefused(Path jar, String remedy) {
        assertThatIOException()
                .isThrownBy(() -> scanner.scan(jar.toString()))
                .withMessageStartingWith("cannot read " + jar + ": ")
                .withMessageContaining(remedy);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 8, 12, 60, 150})
    void notesACorruptClassFileAndScansTheRest(int length) throws IOException {
        byte[] whole = classFile("sample/Extends.class");
        Path jar = folder.resolve("corrupt.jar");
        SampleJar.write(
                jar,
                Map.of("a/Corrupt.class", Arrays.copyOf(whole, length), "sample/Extends.class", whole, "b.txt", whole));

        JarReport report = scanner.scan(jar.toString());

        assertThat(report.unreadable())
                .singleElement()
                .asString()
                .startsWith("a/Corrupt.class is damaged or too new (");
        assertThat(report.classes()).isEqualTo(1);
        assertThat(report.uses()).extracting(ApiUse::user).containsOnly("sample/Extends");
    }

    @Test
    void bearsAnyByteOfAClassFileToBeWrong() throws IOException {
        byte[] whole = classFile("sample/Calls.class");
        Path jar = folder.resolve("corrupt.jar");
        for (int i = 0; i < whole.length; i++) {
            byte[] corrupt = whole.clone();
            corrupt[i] ^= (byte) 0xff;
            SampleJar.write(jar, Map.of("sample/Calls.class", corrupt));

            assertThatNoException().as("byte %d", i).isThrownBy(() -> scanner.scan(jar.toString()));
        }
    }

    @Test
    void notesAClassFileOfAJdkToCome() throws IOException {
        byte[] future = classFile("sample/Extends.class");
        future[6] = 1;
        Path jar = folder.resolve("future.jar");
        SampleJar.write(jar, Map.of("sample/Extends.class", future));

        assertThat(scanner.scan(jar.toString()).unreadable())
                .singleElement()
                .asString()
                .startsWith("sample/Extends.class is damaged or too new (")
                .contains("Unsupported class file version");
    }

    private byte[] classFile(String name) throws IOException {
        Path jar = folder.resolve("sample.jar");
        SampleJar.writeSample(jar);
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.getInputStream(zip.getEntry(name)).readAllBytes();
        }
    }
}
