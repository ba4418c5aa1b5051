package dev.pipelinebox.internal.client;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.internal.codec.PayloadCodec;
import dev.pipelinebox.internal.codec.WorkerClass;
import dev.pipelinebox.internal.master.MasterCommand;
import dev.pipelinebox.internal.runtime.MasterSettings;
import dev.pipelinebox.internal.submit.ask.PendingAsk;
import dev.pipelinebox.internal.submit.input.AdaptiveWindow;
import dev.pipelinebox.internal.submit.run.Run;
import dev.pipelinebox.it.Workers;
import java.util.List;
import java.util.concurrent.Executor;

/** The client of a master with one worker whose actor ignores all commands. */
public final class SilentClient implements AutoCloseable {

    private static final int MOST_BYTES = 1 << 20;

    private final ActorTestKit kit = ActorTestKit.create(
            "silent",
            ConfigFactory.parseString("akka { loglevel = ERROR, serialization.jackson.jackson-modules = [] }")
                    .withFallback(ConfigFactory.defaultReference()));
    private final MasterSettings settings = MasterSettings.load(null);
    private final PayloadCodec codec = new PayloadCodec(WorkerClass.of(Workers.Echo.class), MOST_BYTES);
    final OutcomeDecoder decoder = new OutcomeDecoder(codec, codec);
    public final MasterClient client;

    public SilentClient() {
        client = new MasterClient(
                kit.createTestProbe(MasterCommand.class).ref(),
                settings::policy,
                settings.asks(),
                new CallbackExecutor(null));
        client.addWorker(index -> null);
    }

    public Run<Long> newRun() {
        return new Run<>(client.submitter(), decoder, newWindow(), List.of());
    }

    public AdaptiveWindow newWindow() {
        return settings.runs().newWindow();
    }

    public PendingAsk<Long> newAsk(AskAdmission limit, Executor completion) {
        return new PendingAsk<>(client.submitter(), decoder, limit, new CallbackExecutor(completion));
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
    }
}
