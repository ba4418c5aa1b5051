package dev.pipelinebox.internal.codec;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.pipelinebox.api.InvalidWorkerClassException;
import dev.pipelinebox.api.Worker;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A user's worker class, checked: its constructor and the declared types of argument and result. Read from the class on
 * both sides, so that no type names cross the wire. Immutable.
 */
public final class WorkerClass {

    private final Constructor<?> constructor;

    private WorkerClass(Constructor<?> constructor) {
        this.constructor = constructor;
    }

    /**
     * Checks a class.
     *
     * @param workerClass the user's class
     * @return what there is to know of it
     * @throws InvalidWorkerClassException if no worker can be built from it, or its argument and result types cannot be
     *     found
     */
    public static WorkerClass of(Class<?> workerClass) {
        checkClass(workerClass);
        Constructor<?> constructor = constructorOf(workerClass);
        TypeArguments.check(workerClass);
        WorkerClass type = new WorkerClass(constructor);
        if (workerClass.getModule().isNamed()) {
            type.checkModules();
        }
        return type;
    }

    /**
     * The class itself.
     *
     * @return the user's class
     */
    public Class<?> workerClass() {
        return constructor.getDeclaringClass();
    }

    private void checkModules() {
        ModuleAccess.check(workerClass());
        ModuleAccess.check(taskTypes());
        parametersType().ifPresent(ModuleAccess::check);
    }

    /** The types of its arguments and of its results. */
    JavaType[] taskTypes() {
        TypeFactory types = JacksonSetup.VALUES.getTypeFactory();
        return types.findTypeParameters(types.constructType(workerClass()), Worker.class);
    }

    /** The type of the constructor's parameter; empty if it takes none. */
    Optional<JavaType> parametersType() {
        return Arrays.stream(constructor.getGenericParameterTypes())
                .findFirst()
                .map(JacksonSetup.VALUES.getTypeFactory()::constructType);
    }

    /**
     * Builds the user's worker.
     *
     * @param parameters the constructor's argument; ignored if it takes none
     * @return the worker
     * @throws Throwable what the constructor throws
     */
    public Worker<?, ?> construct(@Nullable Object parameters) throws Throwable {
        try {
            Object built = constructor.getParameterCount() > 0
                    ? constructor.newInstance(parameters)
                    : constructor.newInstance();
            return (Worker<?, ?>) built;
        } catch (InvocationTargetException thrown) {
            throw thrown.getTargetException();
        }
    }

    private static void checkClass(Class<?> type) {
        String name = type.getName();
        if (type.isHidden() || type.isSynthetic()) {
            throw new InvalidWorkerClassException(
                    "The worker is a lambda (" + name + "), which another process cannot build; write a public class"
                            + " that implements Worker and give its class literal");
        }
        if (!Worker.class.isAssignableFrom(type)) {
            throw new InvalidWorkerClassException("Class " + name + " does not implement " + Worker.class.getName());
        }
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            throw new InvalidWorkerClassException("Worker class " + name + " is "
                    + (type.isInterface() ? "an interface" : "abstract")
                    + ", so it cannot be built; give a concrete class that implements Worker");
        }
        if (type.isAnonymousClass() || type.isLocalClass()) {
            throw new InvalidWorkerClassException("Worker class " + name
                    + " is declared inside a method, which another process cannot build; make it a public class of its"
                    + " own or a public static nested one");
        }
        if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
            throw new InvalidWorkerClassException(
                    "Worker class " + name + " is an inner class, so it needs an enclosing object; declare it static");
        }
        if (!Modifier.isPublic(type.getModifiers())) {
            throw new InvalidWorkerClassException("Worker class " + name + " is not public; declare it public");
        }
    }

    private static Constructor<?> constructorOf(Class<?> type) {
        Constructor<?>[] constructors = type.getConstructors();
        String name = type.getName();
        if (constructors.length == 0) {
            throw new InvalidWorkerClassException("Worker class " + name + " has no public constructor; found "
                    + describe(type, type.getDeclaredConstructors())
                    + "; declare one public, with no parameter or with one that Jackson can read (a record, say)");
        }
        if (constructors.length > 1) {
            throw new InvalidWorkerClassException("Worker class " + name + " has " + constructors.length
                    + " public constructors; found " + describe(type, constructors)
                    + "; leave only one public, with no parameter or with one that Jackson can read");
        }
        if (constructors[0].getParameterCount() > 1) {
            throw new InvalidWorkerClassException("Worker class " + name
                    + " has no public constructor with at most one parameter; found " + describe(type, constructors)
                    + "; put the parameters into one record and take that");
        }
        return constructors[0];
    }

    private static String describe(Class<?> type, Constructor<?>[] constructors) {
        return Arrays.stream(constructors)
                .map(constructor -> (Modifier.toString(constructor.getModifiers()) + " " + type.getSimpleName()).strip()
                        + Arrays.stream(constructor.getGenericParameterTypes())
                                .map(Type::getTypeName)
                                .collect(Collectors.joining(", ", "(", ")")))
                .sorted()
                .collect(Collectors.joining(" and "));
    }
}
