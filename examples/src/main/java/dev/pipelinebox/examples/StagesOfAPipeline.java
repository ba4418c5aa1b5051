package dev.pipelinebox.examples;

import dev.pipelinebox.Master;
import dev.pipelinebox.Pipeline;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.Worker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The methods that your Java sources call most. One process compiles the sources. Another reads their classes. */
public final class StagesOfAPipeline {

    private StagesOfAPipeline() {}

    /** The first stage compiles a source against the class path of this program. Its result is the class files. */
    public static final class Compiler implements Worker<String, List<byte[]>> {

        private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        private final StandardJavaFileManager jars = compiler.getStandardFileManager(null, null, null);

        @Override
        public List<byte[]> runTask(String file) {
            List<ByteArrayOutputStream> classes = new ArrayList<>();
            JavaFileManager intoMemory = new ForwardingJavaFileManager<>(jars) {
                @Override
                public JavaFileObject getJavaFileForOutput(
                        Location where, String name, JavaFileObject.Kind kind, FileObject source) {
                    return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
                        @Override
                        public OutputStream openOutputStream() {
                            classes.add(new ByteArrayOutputStream());
                            return classes.get(classes.size() - 1);
                        }
                    };
                }
            };
            StringWriter errors = new StringWriter();
            List<String> options = List.of("-proc:none");
            if (!compiler.getTask(errors, intoMemory, null, options, null, jars.getJavaFileObjects(file))
                    .call()) {
                throw new IllegalArgumentException(errors.toString());
            }
            return classes.stream().map(ByteArrayOutputStream::toByteArray).toList();
        }

        @Override
        public void close() throws IOException {
            jars.close();
        }
    }

    /** The second stage reads class files. Its result is the methods that they call, each as often as it is called. */
    public static final class CallReader implements Worker<List<byte[]>, List<String>> {

        @Override
        public List<String> runTask(List<byte[]> classes) {
            List<String> calls = new ArrayList<>();
            MethodVisitor ofMethod = new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(int code, String owner, String name, String type, boolean ofInterface) {
                    calls.add(Type.getObjectType(owner).getClassName() + "." + name);
                }
            };
            ClassVisitor ofClass = new ClassVisitor(Opcodes.ASM9) {
                @Override
                public MethodVisitor visitMethod(
                        int access, String name, String type, @Nullable String generic, String @Nullable [] thrown) {
                    return ofMethod;
                }
            };
            classes.forEach(bytes -> new ClassReader(bytes).accept(ofClass, ClassReader.SKIP_DEBUG));
            return calls;
        }
    }

    /**
     * Runs the example.
     *
     * @param args the folder with the sources, if not that of these examples
     */
    public static void main(String[] args) throws IOException {
        Map<String, Integer> calls = new HashMap<>();
        try (Master<String, List<byte[]>> compilers = Master.of(Compiler.class).start();
                Master<List<byte[]>, List<String>> readers =
                        Master.of(CallReader.class).start();
                Stream<Path> files = Files.walk(Path.of(args.length == 0 ? "examples/src/main/java" : args[0]))) {
            compilers.addWorker();
            readers.addWorker();
            Stream<String> sources = files.map(Path::toString).filter(file -> file.endsWith(".java"));
            for (TaskResult<List<String>> result :
                    Pipeline.from(compilers).to(readers).runAll(sources)) {
                if (result instanceof TaskResult.Failure<List<String>> failure) {
                    System.err.println(failure.error().getMessage());
                } else {
                    result.value().forEach(method -> calls.merge(method, 1, Integer::sum));
                }
            }
        }
        calls.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(10)
                .forEach(call -> System.out.println(call.getValue() + " " + call.getKey()));
    }
}
