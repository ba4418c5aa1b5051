package dev.pipelinebox.compatibility;

import dev.pipelinebox.api.Worker;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Closes orders; some numbers have a meaning of their own. */
public final class OrderWorker implements Worker<Order, Order> {

    static final long FAILS = -1;
    static final long EXITS = -2;

    /**
     * What it is told.
     *
     * @param name what it writes into the log
     * @param limits a map
     * @param patience a duration
     * @param nickname may be missing
     */
    public record Parameters(String name, Map<String, Integer> limits, Duration patience, Optional<String> nickname) {}

    /**
     * Builds it.
     *
     * @param parameters what it is told
     */
    public OrderWorker(Parameters parameters) {
        if (!parameters.equals(Exercise.PARAMETERS)) {
            throw new IllegalArgumentException("arrived as " + parameters);
        }
        LoggerFactory.getLogger(OrderWorker.class)
                .error(
                        "{} logs to {}",
                        parameters.name(),
                        LoggerFactory.getILoggerFactory().getClass());
    }

    @Override
    public Order runTask(Order order) {
        if (order.number() == FAILS) {
            throw new IllegalStateException("not now", new UnsupportedOperationException("never"));
        }
        if (order.number() == EXITS) {
            Runtime.getRuntime().halt(7);
        }
        return order.closed();
    }
}
