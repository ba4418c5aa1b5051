package dev.pipelinebox.examples.scan;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Collects what one class file marks as deprecated for removal, with the release that did so. */
final class RemovalCollector extends ClassVisitor {

    private static final String DEPRECATED = "Ljava/lang/Deprecated;";

    private final Map<String, String> sinceByApi;
    private String type = "";

    RemovalCollector(Map<String, String> sinceByApi) {
        super(Opcodes.ASM9);
        this.sinceByApi = sinceByApi;
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        type = name;
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        return collector(descriptor, type);
    }

    @Override
    public @Nullable FieldVisitor visitField(
            int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
        return !isApi(access)
                ? null
                : new FieldVisitor(Opcodes.ASM9) {
                    @Override
                    public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                        return collector(annotation, RemovalIndex.member(type, name));
                    }
                };
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        return !isApi(access)
                ? null
                : new MethodVisitor(Opcodes.ASM9) {
                    @Override
                    public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                        return collector(annotation, RemovalIndex.member(type, name + descriptor));
                    }
                };
    }

    private static boolean isApi(int access) {
        return (access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0;
    }

    private @Nullable AnnotationVisitor collector(String annotation, String api) {
        return annotation.equals(DEPRECATED) ? new DeprecatedValues(api) : null;
    }

    private final class DeprecatedValues extends AnnotationVisitor {

        private final String annotated;
        private String since = "";
        private boolean forRemoval;

        DeprecatedValues(String annotated) {
            super(Opcodes.ASM9);
            this.annotated = annotated;
        }

        @Override
        public void visit(String name, Object value) {
            switch (name) {
                case "since" -> since = (String) value;
                case "forRemoval" -> forRemoval = (Boolean) value;
                default -> {}
            }
        }

        @Override
        public void visitEnd() {
            if (forRemoval) {
                sinceByApi.put(annotated, since);
            }
        }
    }
}
