package dev.pipelinebox.spring;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties under {@code pipelinebox}.
 *
 * @param config Configuration of the library for all masters, by the keys of the library without "pipelinebox", such as
 *     "config.task.timeout.hard".
 * @param masters Masters by their names, which the application passes to MasterFactory.start.
 */
@ConfigurationProperties(prefix = PipelineBoxProperties.PREFIX, ignoreUnknownFields = false)
record PipelineBoxProperties(
        @DefaultValue Map<String, Object> config,
        @DefaultValue Map<String, MasterProperties> masters) {

    static final String PREFIX = "pipelinebox";

    private static final MasterProperties DEFAULTS = new MasterProperties(null, true, Map.of(), Map.of());

    /**
     * The properties of one master.
     *
     * @param workers How many workers it has; 0 if the application adds them. The default is the number of processors.
     * @param awaitWorkers Whether the application is only started when these workers are ready. If one of them cannot be
     *     built, the start fails.
     * @param parameters The parameter of the constructor of its workers, usually a record, by the names of its components.
     * @param config Configuration of the library for this master, over that of all masters.
     */
    record MasterProperties(
            @Nullable Integer workers,
            @DefaultValue("true") boolean awaitWorkers,
            @DefaultValue Map<String, Object> parameters,
            @DefaultValue Map<String, Object> config) {

        int workersOrDefault() {
            return workers == null ? Runtime.getRuntime().availableProcessors() : workers;
        }
    }

    MasterProperties master(String name) {
        return masters.getOrDefault(name, DEFAULTS);
    }

    /** The library's configuration of a master. */
    Config config(String name) {
        return read("masters." + name + ".config", master(name).config()).withFallback(read("config", config));
    }

    private static Config read(String property, Map<String, Object> values) {
        return ConfigFactory.parseMap(Map.of(PREFIX, IndexedLists.in(values)), "property " + PREFIX + "." + property);
    }
}
