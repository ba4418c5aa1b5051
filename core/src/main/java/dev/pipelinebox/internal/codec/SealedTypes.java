package dev.pipelinebox.internal.codec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets Jackson find the subtypes of a sealed type, and name them on the wire where the user has not said how: by their
 * simple class names, never by a name that could load a class. Annotations of the user's come first.
 */
final class SealedTypes extends NopAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
        Class<?> type = annotated.getRawType();
        if (!isUsersSealedType(type)) {
            return null;
        }
        List<NamedType> subtypes = new ArrayList<>();
        collect(type, subtypes);
        return subtypes;
    }

    @Override
    public @Nullable TypeResolverBuilder<?> findTypeResolver(
            MapperConfig<?> config, AnnotatedClass type, JavaType baseType) {
        return isUsersSealedType(type.getRawType()) && !writesItself(type) ? byName() : null;
    }

    /** By methods that every Jackson of the last years has; an application may bring an older one than the library. */
    private static TypeResolverBuilder<?> byName() {
        return new StdTypeResolverBuilder()
                .init(JsonTypeInfo.Id.NAME, null)
                .inclusion(JsonTypeInfo.As.PROPERTY)
                .typeProperty("@type");
    }

    /** Enums with bodies are sealed too, and so are some types of the JDK, which Jackson writes in ways of its own. */
    private static boolean isUsersSealedType(Class<?> type) {
        return type.isSealed() && !type.isEnum() && !type.getName().startsWith("java.");
    }

    private static boolean writesItself(AnnotatedClass type) {
        return type.hasAnnotation(JsonSerialize.class)
                || type.hasAnnotation(JsonDeserialize.class)
                || type.getFactoryMethods().stream().anyMatch(method -> method.hasAnnotation(JsonCreator.class))
                || Arrays.stream(type.getRawType().getMethods())
                        .anyMatch(method -> method.isAnnotationPresent(JsonValue.class));
    }

    private static void collect(Class<?> sealed, List<NamedType> subtypes) {
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            subtypes.add(new NamedType(permitted));
            if (permitted.isSealed()) {
                collect(permitted, subtypes);
            }
        }
    }
}
