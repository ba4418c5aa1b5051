package dev.pipelinebox.internal.cluster;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What Typesafe Config has read for the application, put aside while systems are made by class loaders of our own. It keeps
 * this in one place in the JVM and for one loader at a time, and Akka asks it for each system: the application would have to
 * read its configuration once more. There is no way to it but by reflection.
 */
final class CachedConfigs {

    private static final String HOLDER = "com.typesafe.config.impl.ConfigImpl$LoaderCacheHolder";

    /** How many systems are being made. */
    private static int users;

    private static @Nullable Object aside;

    private CachedConfigs() {}

    /** Tells whether it could be done; only then {@link #bringBack} has to follow. */
    static synchronized boolean putAside() {
        try {
            if (users == 0) {
                Object cache = cache();
                Object copy = empty(cache);
                synchronized (cache) {
                    copy(cache, copy);
                    copy(empty(cache), cache);
                }
                aside = copy;
            }
            users++;
            return true;
        } catch (ReflectiveOperationException | RuntimeException anotherVersion) {
            LoggerFactory.getLogger(CachedConfigs.class)
                    .debug(
                            "Akka reads all reference.conf once more, since this Typesafe Config is unknown",
                            anotherVersion);
            return false;
        }
    }

    static synchronized void bringBack() {
        users--;
        Object copy = aside;
        if (users > 0 || copy == null) {
            return;
        }
        aside = null;
        try {
            Object cache = cache();
            synchronized (cache) {
                copy(copy, cache);
            }
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Object cache() throws ReflectiveOperationException {
        Field cache = Class.forName(HOLDER).getDeclaredField("cache");
        cache.setAccessible(true);
        return cache.get(null);
    }

    private static Object empty(Object cache) throws ReflectiveOperationException {
        Constructor<?> constructor = cache.getClass().getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    private static void copy(Object from, Object to) throws ReflectiveOperationException {
        for (Field field : from.getClass().getDeclaredFields()) {
            field.setAccessible(true);
            field.set(to, field.get(from));
        }
    }
}
