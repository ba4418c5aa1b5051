package dev.pipelinebox.internal.remote;

import akka.actor.typed.ActorRef;
import dev.pipelinebox.api.HostHandle;
import dev.pipelinebox.api.HostState;
import dev.pipelinebox.api.JavaInstallation;
import dev.pipelinebox.internal.hosts.HostFacts;
import dev.pipelinebox.internal.hosts.HostId;
import dev.pipelinebox.internal.hosts.HostStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A host, as the view of all hosts shows it. */
final class ViewedHost implements HostHandle {

    private final HostId id;
    private final HostFacts facts;
    private final SharedView view;
    private final ActorRef<HostsCommand> actor;

    ViewedHost(HostStatus first, SharedView view, ActorRef<HostsCommand> actor) {
        this.id = first.id();
        this.facts = first.facts();
        this.view = view;
        this.actor = actor;
    }

    private Optional<HostStatus> status() {
        return view.get().hosts().stream()
                .filter(status -> status.id().equals(id))
                .findFirst();
    }

    @Override
    public String name() {
        return id.name();
    }

    @Override
    public String address() {
        return facts.address();
    }

    @Override
    public int processors() {
        return facts.processors();
    }

    @Override
    public long memory() {
        return facts.memory();
    }

    @Override
    public Map<String, String> labels() {
        return facts.labels();
    }

    @Override
    public Map<String, Double> resources() {
        return facts.resources();
    }

    @Override
    public List<JavaInstallation> java() {
        return facts.java();
    }

    @Override
    public int workers() {
        return status().map(HostStatus::workers).orElse(0);
    }

    @Override
    public HostState state() {
        return status().map(HostStatus::state).orElse(HostState.LOST);
    }

    @Override
    public String reason() {
        return status().map(HostStatus::reason).orElse("");
    }

    @Override
    public Duration roundTrip() {
        return view.get().roundTrips().getOrDefault(id, Duration.ZERO);
    }

    @Override
    public CompletionStage<Void> drain() {
        CompletableFuture<Void> drained = new CompletableFuture<>();
        actor.tell(new HostsCommand.DrainAsked(id, drained));
        return drained.minimalCompletionStage();
    }

    @Override
    public void resume() {
        actor.tell(new HostsCommand.ResumeAsked(id));
    }

    @Override
    public void revoke() {
        if (id.name().equals(LOCAL)) {
            throw new IllegalStateException(
                    "The master's own machine has no key that could be revoked; drain it, or give Hosts.withLocal(false)");
        }
        actor.tell(new HostsCommand.RevokeAsked(id));
    }
}
