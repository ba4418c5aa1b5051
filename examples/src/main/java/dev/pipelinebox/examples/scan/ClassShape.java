package dev.pipelinebox.examples.scan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The data of a class that member lookup needs.
 *
 * @param members the fields by name, the methods by name and descriptor; the parenthesis keeps them apart
 */
record ClassShape(String name, @Nullable String superName, List<String> interfaces, Set<String> members) {

    /** For class files of which only the declarations count. */
    static final int DECLARATIONS_ONLY = ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES;

    static ClassShape of(ClassReader classFile) {
        Set<String> members = new HashSet<>();
        classFile.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public @Nullable FieldVisitor visitField(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            @Nullable Object value) {
                        members.add(name);
                        return null;
                    }

                    @Override
                    public @Nullable MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        members.add(name + descriptor);
                        return null;
                    }
                },
                DECLARATIONS_ONLY);
        return new ClassShape(
                classFile.getClassName(), classFile.getSuperName(), List.of(classFile.getInterfaces()), members);
    }

    boolean declares(String member) {
        return members.contains(member);
    }
}
