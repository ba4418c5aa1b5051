package dev.pipelinebox.spring;

import dev.pipelinebox.api.InvalidParametersException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.ResolvableType;

/** Reads the parameter of a worker's constructor from the properties of its master, as Spring Boot binds properties. */
record ParametersBinder(Binder binder) {

    /**
     * Reads the parameter.
     *
     * @param property where it is
     * @param workerClass a class with one public constructor
     * @return the constructor's argument, or {@code null} if it takes none
     * @throws InvalidParametersException if the properties do not fit
     */
    @Nullable
    Object read(String property, Class<?> workerClass) {
        Constructor<?> constructor = workerClass.getConstructors()[0];
        if (constructor.getParameterCount() == 0) {
            refuse(property, workerClass);
            return null;
        }
        ResolvableType type = ResolvableType.forConstructorParameter(constructor, 0);
        try {
            return bind(property, type, workerClass);
        } catch (BindException misfit) {
            throw new InvalidParametersException(
                    "The properties " + property + ".* do not fit the constructor of " + workerClass.getName()
                            + ", which takes " + type + ": " + misfit.getMessage() + ", at " + misfit.getName() + ": "
                            + NestedExceptionUtils.getMostSpecificCause(misfit).getMessage(),
                    misfit);
        }
    }

    private Object bind(String property, ResolvableType type, Class<?> workerClass) {
        if (Map.class.equals(type.resolve()) && Object.class.equals(type.asMap().resolveGeneric(1))) {
            return IndexedLists.in(binder.bind(property, Bindable.mapOf(String.class, Object.class))
                    .orElseGet(Map::of));
        }
        BindHandler strict = new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter());
        BindResult<Object> bound = binder.bind(property, Bindable.of(type), strict);
        if (bound.isBound()) {
            return bound.get();
        }
        if (hasDefaults(type)) {
            return binder.bindOrCreate(property, Bindable.of(type), strict);
        }
        throw new InvalidParametersException("The constructor of " + workerClass.getName()
                + " takes a parameter of type " + type + "; set the properties " + property
                + ".*, or workers = 0 and add the workers by Master.addWorker");
    }

    private void refuse(String property, Class<?> workerClass) {
        if (binder.bind(property, Bindable.mapOf(String.class, Object.class)).isBound()) {
            throw new InvalidParametersException("The constructor of " + workerClass.getName() + " takes no parameter;"
                    + " remove the properties " + property + ".*, or give the constructor one parameter");
        }
    }

    private static boolean hasDefaults(ResolvableType type) {
        return Stream.of(type.toClass().getDeclaredConstructors())
                .flatMap(constructor -> Stream.of(constructor.getParameters()))
                .anyMatch((Parameter parameter) -> parameter.isAnnotationPresent(DefaultValue.class));
    }
}
