package dev.pipelinebox.worker;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.LoggerFactory;

/**
 * Ctrl-C in a terminal reaches every process of the group. A worker leaves it to the master, which then stops its
 * workers in order, so that what is finished is still delivered.
 *
 * <p>By reflection, because {@code sun.misc.Signal} cannot be named without a compiler warning. A no-operation handler,
 * not {@code SIG_IGN}: processes that user code starts would inherit that.
 */
final class Interrupts {

    private Interrupts() {}

    static void leaveToTheMaster() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler nothing = (proxy, method, arguments) -> switch (method.getName()) {
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                case "toString" -> "left to the master";
                default -> null;
            };
            Object ignoring = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, nothing);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), ignoring);
        } catch (ReflectiveOperationException | IllegalArgumentException unsupported) {
            LoggerFactory.getLogger(Interrupts.class).debug("Ctrl-C will end this worker at once", unsupported);
        }
    }
}
