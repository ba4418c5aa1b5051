package dev.pipelinebox.internal.client;

import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.internal.master.MasterCommand;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A request to the master's actor, which completes its reply; the reply fails if the master ends first. */
final class MasterRequest<T> implements TerminationListener {

    private final CompletableFuture<T> reply = new CompletableFuture<>();

    private MasterRequest() {}

    /** Sends a command that carries the reply. */
    static <T> CompletableFuture<T> send(MasterClient client, Function<CompletableFuture<T>, MasterCommand> command) {
        MasterRequest<T> request = new MasterRequest<>();
        client.register(request);
        CompletableFuture<T> unused = request.reply.whenComplete((value, error) -> client.unregister(request));
        client.send(command.apply(request.reply));
        return request.reply;
    }

    @Override
    public void onMasterEnded(PipelineBoxException reason) {
        reply.completeExceptionally(reason);
    }
}
