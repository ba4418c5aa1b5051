package dev.pipelinebox.examples.scan;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Makes jars to scan, among them one that uses deprecated API in every way there is. */
public final class SampleJar {

    private static final String SOURCE = """
            package sample;

            import java.security.AccessControlContext;
            import java.security.DomainCombiner;
            import java.security.Policy;
            import java.security.PrivilegedAction;
            import java.security.ProtectionDomain;
            import javax.net.ssl.SSLSession;
            import javax.security.auth.Subject;

            class Extends extends SecurityManager {}
            class ReleaseOnly extends SecurityManager {}

            abstract class Implements implements DomainCombiner {}

            interface Declares {
                void parameter(Policy[][] policies);
                AccessControlContext[] result();
                Policy.Parameters[] NONE = null;
            }

            class Calls {
                Runnable reference = Thread.currentThread()::checkAccess;
                Object make() { return new javax.management.relation.RoleStatus(); }
                boolean type(Object what) { return what instanceof AccessControlContext[]; }
            }

            class Thread2 extends Thread {}
            class Thread3 extends Thread2 {}
            class CallsInherited { void call(Thread3 thread) { thread.checkAccess(); } }

            class Group2 extends ThreadGroup { Group2() { super(""); } }
            class OverridesInherited extends Group2 { @Override public boolean isDestroyed() { return true; } }

            interface Session2 extends Runnable, SSLSession {}
            abstract class Session3 implements Session2 {}
            class CallsOnInterface {
                Object call(Session2 session) throws Exception { return session.getPeerCertificateChain(); }
            }
            class CallsInterface {
                Object call(Session3 session) throws Exception { return session.getPeerCertificateChain(); }
            }
            abstract class OverridesInterface extends Session3 {
                @Override public javax.security.cert.X509Certificate[] getPeerCertificateChain() { return null; }
            }

            class Missing extends Thread {}
            class CallsThroughMissing { void call(Missing thread) { thread.checkAccess(); } }
            interface MissingInterface {}
            abstract class Session4 implements MissingInterface, SSLSession {}
            class CallsAfterMissing {
                Object call(Session4 session) throws Exception { return session.getPeerCertificateChain(); }
            }

            class Generic {
                Object call(Subject subject, PrivilegedAction<Object> action) {
                    return Subject.doAsPrivileged(subject, action, null);
                }
            }

            class Innocent { String call() { return Thread.currentThread().getName(); } }
            """;

    private SampleJar() {}

    /** Writes a jar that uses deprecated API in every way, directly and by inheritance. */
    public static void writeSample(Path jar) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        Path classes = Files.createTempDirectory(jar.getParent(), "classes");
        compile(classes);
        try (Stream<Path> files = Files.list(classes.resolve("sample"))) {
            for (Path file : files.toList()) {
                entries.put("sample/" + file.getFileName(), Files.readAllBytes(file));
            }
        }
        entries.remove("sample/Missing.class");
        entries.remove("sample/MissingInterface.class");
        entries.put("META-INF/versions/99/sample/ReleaseOnly.class", entries.remove("sample/ReleaseOnly.class"));
        entries.put("BOOT-INF/classes/sample/Moved.class", entries.remove("sample/Implements.class"));
        entries.put("sample/ReadsField.class", readsField());
        entries.put("sample/package-info.class", new byte[] {1, 2, 3});
        write(jar, entries);
    }

    /** Writes a jar with the given entries. */
    static void write(Path jar, Map<String, byte[]> entries) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
    }

    private static void compile(Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///sample.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return SOURCE;
                    }
                };
        List<String> options = List.of("-proc:none", "-d", classes.toString());
        if (!compiler.getTask(null, null, diagnostics, options, null, List.of(source))
                .call()) {
            throw new AssertionError(diagnostics.getDiagnostics());
        }
    }

    /** A class that reads {@code javax.naming.Context.APPLET}, gone in later JDKs, through a class that inherits it. */
    private static byte[] readsField() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "sample/ReadsField", null, "java/lang/Object", null);
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, "read", "()Ljava/lang/String;", null, null);
        method.visitFieldInsn(Opcodes.GETSTATIC, "javax/naming/InitialContext", "APPLET", "Ljava/lang/String;");
        method.visitInsn(Opcodes.ARETURN);
        method.visitMaxs(0, 0);
        writer.visitEnd();
        return writer.toByteArray();
    }
}
