package dev.pipelinebox.internal.os;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Ctrl-C does to this process. By reflection, because {@code sun.misc.Signal} cannot be named without a compiler
 * warning; where there is none, or the JVM leaves signals alone ({@code -Xrs}), nothing changes.
 */
public final class InterruptSignal {

    private InterruptSignal() {}

    /**
     * Sets what Ctrl-C does from now on. A handler, even one that does nothing, is not inherited by the processes that
     * this one starts, unlike ignoring the signal.
     *
     * @param action runs on a thread of its own, at each Ctrl-C
     * @return what puts the handler back that was there before
     */
    public static Runnable handle(Runnable action) {
        InvocationHandler handling = (proxy, method, arguments) -> switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "PipelineBox's handler of Ctrl-C";
            default -> {
                action.run();
                yield null;
            }
        };
        try {
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            Object before = set(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handling));
            return () -> restore(before);
        } catch (ReflectiveOperationException | IllegalArgumentException unsupported) {
            log().debug("Ctrl-C cannot be handled here", unsupported);
            return () -> {};
        }
    }

    private static void restore(Object handler) {
        try {
            set(handler);
        } catch (ReflectiveOperationException | IllegalArgumentException unsupported) {
            log().debug("The handler of Ctrl-C cannot be put back", unsupported);
        }
    }

    private static Object set(Object handler) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Method handle = signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"));
        return handle.invoke(null, signal.getConstructor(String.class).newInstance("INT"), handler);
    }

    private static Logger log() {
        return LoggerFactory.getLogger(InterruptSignal.class);
    }
}
