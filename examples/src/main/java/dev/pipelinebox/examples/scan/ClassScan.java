package dev.pipelinebox.examples.scan;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Finds the uses of API to be removed in one class file: in its constant pool and in what it declares. */
final class ClassScan extends ClassVisitor {

    private static final int CONSTANT_CLASS = 7;
    private static final int CONSTANT_FIELD = 9;
    private static final int CONSTANT_METHOD = 10;
    private static final int CONSTANT_INTERFACE_METHOD = 11;

    private final RemovalIndex index;
    private final ClassLookup lookup;
    private final ClassReader classFile;
    private final ClassShape self;
    private final char[] buffer;
    private final Collection<ApiUse> uses;

    private ClassScan(RemovalIndex index, ClassLookup lookup, ClassReader classFile, Collection<ApiUse> uses) {
        super(Opcodes.ASM9);
        this.index = index;
        this.lookup = lookup;
        this.classFile = classFile;
        this.self = ClassShape.of(classFile);
        this.buffer = new char[classFile.getMaxStringLength()];
        this.uses = uses;
    }

    static void scan(RemovalIndex index, ClassLookup lookup, ClassReader classFile, Collection<ApiUse> uses) {
        ClassScan scan = new ClassScan(index, lookup, classFile, uses);
        scan.supertypes();
        scan.constantPool();
        classFile.accept(scan, ClassShape.DECLARATIONS_ONLY);
    }

    private void supertypes() {
        if (self.superName() != null) {
            add(ApiUse.Kind.EXTENDS, self.superName());
        }
        self.interfaces().forEach(type -> add(ApiUse.Kind.IMPLEMENTS, type));
    }

    private void constantPool() {
        for (int i = 1; i < classFile.getItemCount(); i++) {
            int offset = classFile.getItem(i);
            if (offset > 0) {
                switch (classFile.readByte(offset - 1)) {
                    case CONSTANT_CLASS -> type(classFile.readUTF8(offset, buffer));
                    case CONSTANT_FIELD -> member(ApiUse.Kind.FIELD, offset);
                    case CONSTANT_METHOD, CONSTANT_INTERFACE_METHOD -> member(ApiUse.Kind.METHOD, offset);
                    default -> {}
                }
            }
        }
    }

    private void type(String name) {
        addType(ApiUse.Kind.CLASS, Type.getObjectType(name));
    }

    private void member(ApiUse.Kind kind, int offset) {
        int nameAndType = classFile.getItem(classFile.readUnsignedShort(offset + 2));
        String name = classFile.readUTF8(nameAndType, buffer);
        String member = kind == ApiUse.Kind.FIELD ? name : name + classFile.readUTF8(nameAndType + 2, buffer);
        if (index.hasMember(member)) {
            String owner = className(Type.getObjectType(classFile.readClass(offset, buffer)));
            addMember(kind, owner == null ? null : declarerOf(owner, member), member);
        }
    }

    private @Nullable String declarerOf(String owner, String member) {
        return owner.equals(self.name()) ? lookup.declarerOf(self, member) : lookup.declarerOf(owner, member);
    }

    @Override
    public @Nullable FieldVisitor visitField(
            int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
        addType(ApiUse.Kind.FIELD_TYPE, Type.getType(descriptor));
        return null;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        for (Type parameter : Type.getArgumentTypes(descriptor)) {
            addType(ApiUse.Kind.PARAMETER_TYPE, parameter);
        }
        addType(ApiUse.Kind.RETURN_TYPE, Type.getReturnType(descriptor));
        String member = name + descriptor;
        if (index.hasMember(member)) {
            addMember(ApiUse.Kind.OVERRIDE, lookup.overriddenBy(self, member), member);
        }
        return null;
    }

    private static @Nullable String className(Type type) {
        Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
        return element.getSort() == Type.OBJECT ? element.getInternalName() : null;
    }

    private void addType(ApiUse.Kind kind, Type type) {
        String name = className(type);
        if (name != null) {
            add(kind, name);
        }
    }

    private void addMember(ApiUse.Kind kind, @Nullable String owner, String member) {
        if (owner != null) {
            add(kind, RemovalIndex.member(owner, member));
        }
    }

    private void add(ApiUse.Kind kind, String api) {
        String since = index.since(api);
        if (since != null) {
            uses.add(new ApiUse(self.name(), kind, api, since));
        }
    }
}
