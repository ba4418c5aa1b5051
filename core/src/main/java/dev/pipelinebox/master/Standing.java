package dev.pipelinebox.master;

import dev.pipelinebox.api.TaskOptions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a task stands among the others. */
record Standing(int priority, @Nullable LaneKey key, Optional<String> name) {

    /** That of a task of which nothing is said. */
    static final Standing ORDINARY = new Standing(0, null, Optional.empty());

    Standing with(TaskOptions options) {
        return new Standing(
                options.priority().orElse(priority),
                options.key().<@Nullable LaneKey>map(LaneKey.OfUser::new).orElse(key),
                options.name().or(() -> name));
    }
}
