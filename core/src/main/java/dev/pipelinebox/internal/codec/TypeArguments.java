package dev.pipelinebox.internal.codec;

import dev.pipelinebox.api.InvalidWorkerClassException;
import dev.pipelinebox.api.Worker;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Checks that a worker class fixes the type arguments of {@code Worker<A, R>}. Jackson finds the types themselves, but
 * takes a variable that nothing fixes for its bound, in silence.
 */
final class TypeArguments {

    private TypeArguments() {}

    /**
     * Follows the supertypes up to {@link Worker}.
     *
     * @throws InvalidWorkerClassException if a type argument stays open
     */
    static void check(Class<?> workerClass) {
        Class<?> type = workerClass;
        Map<TypeVariable<?>, Boolean> fixed = new HashMap<>();
        while (type != Worker.class) {
            Type up = towardsWorker(type);
            Class<?> next = up instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) up;
            TypeVariable<?>[] variables = next.getTypeParameters();
            for (int i = 0; i < variables.length; i++) {
                boolean isFixed =
                        up instanceof ParameterizedType generic && isFixed(generic.getActualTypeArguments()[i], fixed);
                fixed.put(variables[i], isFixed);
            }
            type = next;
        }
        for (TypeVariable<?> variable : Worker.class.getTypeParameters()) {
            if (!fixed.getOrDefault(variable, false)) {
                throw new InvalidWorkerClassException("Worker class " + workerClass.getName()
                        + " leaves the type argument " + variable.getName()
                        + " of Worker<A, R> open, so its arguments and results cannot be read; declare a class that"
                        + " names both types, such as: class MyWorker extends " + workerClass.getSimpleName()
                        + "<String, Integer>, or: class MyWorker implements Worker<String, Integer>");
            }
        }
    }

    private static Type towardsWorker(Class<?> type) {
        return Stream.concat(Stream.ofNullable(type.getGenericSuperclass()), Arrays.stream(type.getGenericInterfaces()))
                .filter(up -> Worker.class.isAssignableFrom(rawClass(up)))
                .findFirst()
                .orElseThrow();
    }

    private static Class<?> rawClass(Type type) {
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
    }

    private static boolean isFixed(Type type, Map<TypeVariable<?>, Boolean> fixed) {
        if (type instanceof TypeVariable<?> variable) {
            return fixed.getOrDefault(variable, false);
        }
        if (type instanceof ParameterizedType generic) {
            return Arrays.stream(generic.getActualTypeArguments()).allMatch(part -> isFixed(part, fixed));
        }
        if (type instanceof GenericArrayType array) {
            return isFixed(array.getGenericComponentType(), fixed);
        }
        if (type instanceof WildcardType wildcard) {
            return Stream.concat(Arrays.stream(wildcard.getUpperBounds()), Arrays.stream(wildcard.getLowerBounds()))
                    .allMatch(bound -> isFixed(bound, fixed));
        }
        return true;
    }
}
