package dev.pipelinebox.spring;

import dev.pipelinebox.MasterBuilder;

/**
 * Changes how a master is set up, before it starts: adds monitors or an executor for completions, for example. All beans
 * of this type are called, in their order, on the thread that calls {@link MasterFactory#start}.
 */
@FunctionalInterface
public interface MasterBuilderCustomizer {

    /**
     * Changes a builder.
     *
     * @param name the name of the master
     * @param builder its builder, which has the configuration of the properties; {@code config} replaces that
     */
    void customize(String name, MasterBuilder<?, ?> builder);
}
