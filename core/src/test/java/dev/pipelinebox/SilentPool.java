package dev.pipelinebox;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.it.Workers;
import dev.pipelinebox.master.MasterCommand;
import dev.pipelinebox.protocol.PayloadCodec;
import dev.pipelinebox.protocol.WorkerType;
import java.util.List;
import java.util.concurrent.Executor;

/** The caller's side of a master with one worker, whose actor takes everything in and does nothing. */
final class SilentPool implements AutoCloseable {

    private static final int MOST_BYTES = 1 << 20;

    private final ActorTestKit kit = ActorTestKit.create(
            "silent",
            ConfigFactory.parseString("akka { loglevel = ERROR, serialization.jackson.jackson-modules = [] }")
                    .withFallback(ConfigFactory.defaultReference()));
    private final Settings settings = Settings.load(null);
    private final PayloadCodec codec = new PayloadCodec(WorkerType.of(Workers.Echo.class), MOST_BYTES);
    final OutcomeReader reader = new OutcomeReader(codec, codec);
    final Pool pool;

    SilentPool() {
        pool = new Pool(
                kit.createTestProbe(MasterCommand.class).ref(),
                settings.pool().task(),
                settings.asks(),
                new Completion(null));
        pool.addWorker(index -> null);
    }

    Run<Long> newRun() {
        return new Run<>(pool.intake(), reader, newWindow(), List.of());
    }

    Window newWindow() {
        return new Window(settings.windowTasks(), settings.windowBytes());
    }

    Ask<Long> newAsk(AskLimit limit, Executor completion) {
        return new Ask<>(pool.intake(), reader, limit, new Completion(completion));
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
    }
}
