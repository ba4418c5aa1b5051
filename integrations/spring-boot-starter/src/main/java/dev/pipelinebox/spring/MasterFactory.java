package dev.pipelinebox.spring;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.MasterBuilder;
import dev.pipelinebox.api.InvalidConfigException;
import dev.pipelinebox.api.InvalidParametersException;
import dev.pipelinebox.api.InvalidWorkerClassException;
import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.Worker;
import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.spring.PipelineBoxProperties.MasterProperties;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Starts masters with their workers, as the properties under {@code pipelinebox.masters} say. It is a bean; usually each
 * master is a bean, too:
 *
 * <pre>{@code
 * @Bean
 * Master<Request, Score> scorer(MasterFactory masters) {
 *     return masters.start("scorer", ScoreWorker.class);
 * }
 * }</pre>
 *
 * <p>The application context closes the masters. When it is closed, they first finish the tasks that they have, in a phase
 * of the shutdown after that in which a web server finishes its requests. Thread-safe.
 */
public final class MasterFactory implements AutoCloseable {

    /** Hooks run side by side: the one of the library would close a master while the web server still has requests. */
    private static final Config CLOSED_BY_CONTEXT =
            ConfigFactory.parseMap(Map.of("pipelinebox.shutdown.at-exit", false), "MasterFactory");

    private final PipelineBoxProperties properties;
    private final ParametersBinder parameters;
    private final List<MasterBuilderCustomizer> customizers;
    private final Map<String, StartedMaster> masters = new LinkedHashMap<>();
    private boolean closed;

    /**
     * A master that was started here.
     *
     * @param workerClass the class of its workers
     * @param master the master, which may be closed
     * @param awaited the workers without which the application is not ready
     */
    record StartedMaster(Class<?> workerClass, Master<?, ?> master, List<WorkerHandle> awaited) {

        boolean isClosed() {
            try {
                master.status();
                return false;
            } catch (MasterClosedException itIs) {
                return true;
            }
        }
    }

    MasterFactory(
            PipelineBoxProperties properties, ParametersBinder parameters, List<MasterBuilderCustomizer> customizers) {
        this.properties = properties;
        this.parameters = parameters;
        this.customizers = customizers;
    }

    /**
     * Starts a master, which takes about a second, and adds its workers. The properties are those under {@code
     * pipelinebox.masters} and the name; without any, there are as many workers as processors.
     *
     * @param name the name of the master, also in health and info
     * @param workerClass the class whose {@link Worker#runTask} runs the tasks
     * @param <A> the type of the tasks' arguments
     * @param <R> the type of the tasks' results
     * @return the running master; closed with the application context, and it may be closed before
     * @throws InvalidWorkerClassException if the worker class cannot be used
     * @throws InvalidParametersException if the properties of the parameters do not fit its constructor
     * @throws InvalidConfigException if a key or value of the library's configuration is wrong
     * @throws IllegalArgumentException if the number of workers is negative
     * @throws IllegalStateException if there is an open master of this name, or the application context is closed
     */
    public synchronized <A extends @Nullable Object, R extends @Nullable Object> Master<A, R> start(
            String name, Class<? extends Worker<A, R>> workerClass) {
        checkName(name);
        MasterBuilder<A, R> builder =
                Master.<A, R>of(workerClass).config(properties.config(name).withFallback(CLOSED_BY_CONTEXT));
        customizers.forEach(customizer -> customizer.customize(name, builder));
        Master<A, R> master = builder.start();
        try {
            List<WorkerHandle> workers = addWorkers(name, workerClass, master);
            List<WorkerHandle> awaited = properties.master(name).awaitWorkers() ? workers : List.of();
            masters.put(name, new StartedMaster(workerClass, master, awaited));
            return master;
        } catch (RuntimeException unusable) {
            master.close();
            throw unusable;
        }
    }

    private List<WorkerHandle> addWorkers(String name, Class<?> workerClass, Master<?, ?> master) {
        MasterProperties own = properties.master(name);
        String section = PipelineBoxProperties.PREFIX + ".masters." + name;
        int count = own.workersOrDefault();
        if (count < 0) {
            throw new IllegalArgumentException(section + ".workers = " + count
                    + " is not allowed; give 1 or more, or 0 if the application adds the workers");
        }
        return count == 0 ? List.of() : master.addWorkers(count, parameters.read(section + ".parameters", workerClass));
    }

    private void checkName(String name) {
        if (closed) {
            throw new IllegalStateException(
                    "The master " + name + " cannot be started: the application context is closed");
        }
        StartedMaster earlier = masters.get(Objects.requireNonNull(name, "name"));
        if (earlier != null && !earlier.isClosed()) {
            throw new IllegalStateException(
                    "There is a master " + name + " of " + earlier.workerClass().getName()
                            + " already; give this one another name, or close that one first");
        }
    }

    synchronized Map<String, StartedMaster> masters() {
        return new LinkedHashMap<>(masters);
    }

    /** Closes all masters. The application context calls it; a second call does nothing. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        masters().values().parallelStream().forEach(started -> started.master().close());
    }
}
