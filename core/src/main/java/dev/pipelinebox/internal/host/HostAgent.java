package dev.pipelinebox.internal.host;

import akka.actor.Address;
import akka.actor.typed.ActorSystem;
import dev.pipelinebox.api.JavaInstallation;
import dev.pipelinebox.internal.cluster.HostsSystem;
import dev.pipelinebox.internal.cluster.tls.Invitation;
import dev.pipelinebox.internal.cluster.tls.Refusal;
import dev.pipelinebox.internal.hosts.HostFacts;
import dev.pipelinebox.internal.launch.blob.BlobStore;
import dev.pipelinebox.internal.link.host.Hello;
import dev.pipelinebox.internal.os.TimeLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One membership of a host: from joining a master until it is none of its hosts any more. Thread-safe. */
public final class HostAgent implements AutoCloseable {

    private static final Duration LONGEST_END = Duration.ofSeconds(10);

    private final ActorSystem<Object> system;
    private final CompletableFuture<HostEnd> end;
    private final AtomicReference<@Nullable Refusal> refusal;

    /**
     * How a host joins.
     *
     * @param masterHost the name or address of the master, as it calls itself
     * @param masterPort the same
     * @param place where this host listens
     * @param invitation what it proves itself with
     * @param name of the host
     * @param processors for workers
     * @param memory for workers, in bytes
     * @param java installations for workers, the default first
     * @param labels by key
     * @param resources by name
     * @param cache the directory of the code
     * @param cacheSize its limit in bytes
     */
    public record Settings(
            String masterHost,
            int masterPort,
            HostsSystem.Place place,
            Invitation invitation,
            String name,
            int processors,
            long memory,
            List<JavaInstallation> java,
            Map<String, String> labels,
            Map<String, Double> resources,
            Path cache,
            long cacheSize) {

        private HostFacts facts() {
            return new HostFacts(
                    name,
                    place.name() + ":" + place.port(),
                    processors,
                    memory,
                    System.getProperty("os.name"),
                    System.getProperty("os.arch"),
                    java,
                    labels,
                    resources,
                    new HostFacts.Protocol(Hello.PROTOCOL, Hello.PROTOCOL));
        }
    }

    private HostAgent(
            ActorSystem<Object> system, CompletableFuture<HostEnd> end, AtomicReference<@Nullable Refusal> refusal) {
        this.system = system;
        this.end = end;
        this.refusal = refusal;
    }

    /**
     * Begins to join.
     *
     * @param onWelcome is told the name of the host when the master has let it in, on the thread of an actor
     * @throws IOException if the cache cannot be used
     */
    public static HostAgent join(Settings settings, Consumer<String> onWelcome) throws IOException {
        CompletableFuture<HostEnd> end = new CompletableFuture<>();
        AtomicReference<@Nullable Refusal> refusal = new AtomicReference<>();
        HostSetup setup = new HostSetup(
                new Address("akka", HostsSystem.NAME, settings.masterHost(), settings.masterPort()),
                settings.facts(),
                settings.invitation().credentials().serial(),
                BlobStore.open(settings.cache(), settings.cacheSize()),
                settings.cache(),
                Path.of(settings.java().get(0).path()),
                onWelcome);
        ActorSystem<Object> system = HostsSystem.startHost(
                HostActor.create(setup, end), settings.place(), settings.invitation(), refused -> refusal.set(refused));
        return new HostAgent(system, end, refusal);
    }

    /** Completes when it is no host any more. Its workers end with {@link #close}. */
    public CompletableFuture<HostEnd> end() {
        return end.copy();
    }

    /** Why a connection was not made, if one was not. */
    public Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal.get());
    }

    /** Lets the workers finish their tasks and then leaves; {@link #end} tells when. */
    public void drain(String reason) {
        system.tell(new HostCommand.DrainDue(reason));
    }

    /** Ends it, and its workers with it. */
    @Override
    public void close() {
        system.terminate();
        TimeLimits.complete(system.getWhenTerminated().toCompletableFuture().thenAccept(done -> {}), null, LONGEST_END)
                .join();
    }
}
