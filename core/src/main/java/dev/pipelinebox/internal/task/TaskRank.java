package dev.pipelinebox.internal.task;

import dev.pipelinebox.api.TaskOptions;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a task stands among the others. */
public record TaskRank(int priority, @Nullable AffinityKey key, Optional<String> name) {

    /** That of a task of which nothing is said. */
    static final TaskRank ORDINARY = new TaskRank(0, null, Optional.empty());

    TaskRank with(TaskOptions options, Function<Object, byte[]> keys) {
        return new TaskRank(
                options.priority().orElse(priority),
                options.key()
                        .<@Nullable AffinityKey>map(given -> new AffinityKey.OfUser(keys.apply(given)))
                        .orElse(key),
                options.name().or(() -> name));
    }
}
