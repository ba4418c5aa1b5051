package dev.pipelinebox.internal.codec;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pipelinebox.api.InvalidWorkerClassException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether modules let this library build a worker, and Jackson write and read values. */
final class ModuleAccess {

    private static final Module LIBRARY = ModuleAccess.class.getModule();
    private static final Module JACKSON = ObjectMapper.class.getModule();

    /** What the JVM says. */
    private static final Pattern CLOSED =
            Pattern.compile("module (\\S+) does not \"opens (\\S+)\" to (?:unnamed )?module (\\S+)");

    private ModuleAccess() {}

    /** @throws InvalidWorkerClassException if its package is closed to this library */
    static void check(Class<?> workerClass) {
        if (isClosed(workerClass, LIBRARY)) {
            throw closed("this library, which builds worker class " + workerClass.getName(), workerClass, LIBRARY);
        }
    }

    /** @throws InvalidWorkerClassException if the package of one of them, or of a part of it, is closed to Jackson */
    static void check(JavaType... values) {
        Set<JavaType> seen = new HashSet<>();
        Stream.of(values).forEach(value -> check(value, seen));
    }

    private static void check(JavaType value, Set<JavaType> seen) {
        if (!seen.add(value)) {
            return;
        }
        Class<?> type = value.getRawClass();
        if (!type.isArray() && !type.isEnum() && isClosed(type, JACKSON)) {
            throw closed("Jackson, which writes and reads " + type.getName(), type, JACKSON);
        }
        Stream.concat(Stream.ofNullable(value.getContentType()), value.getBindings().getTypeParameters().stream())
                .forEach(part -> check(part, seen));
        if (type.isRecord()) {
            Stream.of(type.getRecordComponents())
                    .map(component -> JacksonSetup.VALUES
                            .getTypeFactory()
                            .resolveMemberType(component.getGenericType(), value.getBindings()))
                    .forEach(component -> check(component, seen));
        }
    }

    /** The line to write where the JVM has refused access to a member. */
    static Optional<String> remedy(String problem) {
        Matcher closed = CLOSED.matcher(problem);
        return closed.find() ? Optional.of(line(closed.group(1), closed.group(2), closed.group(3))) : Optional.empty();
    }

    private static boolean isClosed(Class<?> type, Module to) {
        return !type.getModule().isExported(type.getPackageName(), to);
    }

    private static InvalidWorkerClassException closed(String to, Class<?> type, Module reader) {
        String module = type.getModule().getName();
        String name = type.getPackageName();
        return new InvalidWorkerClassException("Package " + name + " of module " + module + " is closed to " + to + "; "
                + line(module, name, reader.isNamed() ? reader.getName() : ""));
    }

    private static String line(String module, String name, String reader) {
        boolean isNamed = !reader.isEmpty() && !reader.startsWith("@");
        return "add to module-info.java of " + module + ": opens " + name + (isNamed ? " to " + reader : "") + ";";
    }
}
