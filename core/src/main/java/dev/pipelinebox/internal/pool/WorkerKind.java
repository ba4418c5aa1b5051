package dev.pipelinebox.internal.pool;

import dev.pipelinebox.api.WorkerOptions;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What workers have in common that can replace each other. Parameters may be large, so they are hashed once. */
final class WorkerKind {

    private final byte @Nullable [] parameters;
    private final WorkerOptions options;
    private final int hash;

    WorkerKind(byte @Nullable [] parameters, WorkerOptions options) {
        this.parameters = parameters;
        this.options = options;
        this.hash = 31 * Arrays.hashCode(parameters) + options.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        return other instanceof WorkerKind kind && hash == kind.hash && hasSame(kind);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    private boolean hasSame(WorkerKind kind) {
        return options.equals(kind.options) && Arrays.equals(parameters, kind.parameters);
    }
}
