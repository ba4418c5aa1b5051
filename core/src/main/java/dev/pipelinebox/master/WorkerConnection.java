package dev.pipelinebox.master;

import akka.actor.typed.ActorRef;
import dev.pipelinebox.protocol.Envelopes;
import dev.pipelinebox.protocol.FromMaster;
import dev.pipelinebox.protocol.FromWorker;
import dev.pipelinebox.protocol.MasterToWorker;
import dev.pipelinebox.protocol.OutcomeEnvelope;
import dev.pipelinebox.protocol.OversizedFrame;
import dev.pipelinebox.protocol.ReliableLink;
import dev.pipelinebox.protocol.TaskEnvelope;
import dev.pipelinebox.protocol.WorkerToMaster;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The master's end of the link to one worker process, which opens with the first message that shows the token. Not
 * thread-safe.
 */
final class WorkerConnection {

    private static final int CONTROL_BYTES = 256;

    /** Between two ticks; whoever took longer was not at work. */
    private static final Duration LONGEST_STEP = Duration.ofSeconds(1);

    private final OneTimeToken token = OneTimeToken.create();
    private final Envelopes results = new Envelopes();
    private final ReliableLink<MasterToWorker, FromMaster> link = new ReliableLink<>(FromMaster::new);
    private final AwakeClock clock = new AwakeClock(LONGEST_STEP, System::nanoTime);
    private final AnswerWatch watch;
    private @Nullable ActorRef<FromMaster> worker;

    /** A connection to a worker that has so long for each answer. */
    WorkerConnection(Duration answerTimeout) {
        this.watch = new AnswerWatch(answerTimeout);
    }

    OneTimeToken token() {
        return token;
    }

    /** Tells whether this frame comes from the worker; the first one has to show the token. */
    boolean accepts(FromWorker frame) {
        if (worker == null) {
            if (frame.body() instanceof WorkerToMaster.Connected first && token.matches(first.token())) {
                worker = first.ref();
            }
        }
        return worker != null;
    }

    boolean isOpen() {
        return worker != null;
    }

    /** Takes in a frame and gives out its message, if it is the next one. */
    Optional<WorkerToMaster> receive(FromWorker frame) {
        boolean isNext = link.receive(frame.seq(), frame.ack(), System.nanoTime());
        return isNext ? Optional.ofNullable(frame.body()) : Optional.empty();
    }

    void keep(WorkerToMaster.ResultPart part) {
        results.add(part.taskId(), part.bytes());
    }

    List<OutcomeEnvelope> complete(List<OutcomeEnvelope> outcomes) {
        return outcomes.stream().map(results::complete).toList();
    }

    void tell(MasterToWorker message) {
        link.offer(message, CONTROL_BYTES);
        send();
    }

    void tellTasks(List<TaskEnvelope> tasks) {
        Envelopes.pack(tasks, (task, piece) -> new MasterToWorker.ArgumentPart(task.taskId(), piece), batch ->
                        (MasterToWorker) new MasterToWorker.Tasks(batch))
                .forEach(sized -> link.offer(sized.message(), sized.bytes()));
        send();
    }

    /** The tasks that were in a frame to this worker that can never be sent; empty if it was not for this worker. */
    List<Long> tasksIn(OversizedFrame discarded) {
        ActorRef<FromMaster> to = worker;
        boolean isOurs = to != null && to.path().toString().equals(discarded.recipient());
        if (!isOurs || !discarded.isForItsSize() || !(discarded.message() instanceof FromMaster frame)) {
            return List.of();
        }
        if (frame.body() instanceof MasterToWorker.Tasks tasks) {
            return tasks.batch().stream().map(TaskEnvelope::taskId).toList();
        }
        return frame.body() instanceof MasterToWorker.ArgumentPart part ? List.of(part.taskId()) : List.of();
    }

    /** Has the worker know at once that its last words have arrived. */
    void acknowledgeNow() {
        link.acknowledgeNow();
    }

    /** Sends what the window allows. */
    void send() {
        tellWorker(link.toSend(System.nanoTime()));
    }

    void onTick() {
        tellWorker(link.onTick(System.nanoTime()));
    }

    /** To be asked at every tick from when the worker is ready: tells whether it has not answered for too long. */
    boolean isSilent() {
        AnswerWatch.Verdict verdict = watch.look(link.lastAcknowledged(), link.isIdle(), clock.now());
        if (verdict == AnswerWatch.Verdict.ASK) {
            tell(new MasterToWorker.Ping());
        }
        return verdict == AnswerWatch.Verdict.SILENT;
    }

    private void tellWorker(List<FromMaster> frames) {
        ActorRef<FromMaster> to = worker;
        if (to != null) {
            frames.forEach(to::tell);
        }
    }
}
