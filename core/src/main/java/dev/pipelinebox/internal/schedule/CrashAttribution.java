package dev.pipelinebox.internal.schedule;

import dev.pipelinebox.api.TaskAttempt;
import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.internal.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides which of the tasks that a worker held is to blame for its end, and which has ended workers often enough. */
public final class CrashAttribution {

    /** How a process ended, as far as the dossier of its task needs it. */
    public record End(int workerIndex, WorkerExit exit, Instant at) {}

    /** A task that ended its worker for the last time: by itself, or since it passed a limit. */
    public record GivenUp(Task task, TimeoutAction.@Nullable Limit limit, List<TaskAttempt> attempts) {}

    private CrashAttribution() {}

    /**
     * Lays the blame. If the process was killed for a task, it is that one; else, if it was not asked to stop, the one
     * task that it surely ran; of several, each is only suspect.
     *
     * @param held what it held; who is given up is taken out
     */
    static List<GivenUp> lay(InFlight hand, List<QueuedTask> held, End end, long now) {
        InFlight.Sentence sentence = hand.sentence;
        if (sentence != null) {
            return punish(sentence, hand, held, end, now);
        }
        if (hand.isRetired || held.isEmpty()) {
            return List.of();
        }
        if (hand.isForsaken) {
            return withoutAnotherAttempt(hand, held, end, now);
        }
        if (held.size() > 1) {
            QueuedTask.Suspicion shared = new QueuedTask.Suspicion();
            held.forEach(entry -> entry.suspect(shared));
            return List.of();
        }
        QueuedTask guilty = held.get(0);
        guilty.convict(attempt(guilty, hand, end, now));
        return guilty.crashes >= guilty.task.policy().maxAttempts() ? giveUp(guilty, null, held) : List.of();
    }

    /**
     * Tells, after the blame was laid, whether the end says nothing about the place of the process: it was killed for a
     * task, or by us for another reason, or by a task that had ended another process before.
     */
    static boolean explains(InFlight hand) {
        return hand.sentence != null
                || hand.isRetired
                || hand.isForsaken
                || hand.entries().stream().anyMatch(entry -> entry.crashes > 1);
    }

    /** Nobody is to blame, but what must not run twice is not run again; it was alone. */
    private static List<GivenUp> withoutAnotherAttempt(InFlight hand, List<QueuedTask> held, End end, long now) {
        QueuedTask first = held.get(0);
        if (first.task.policy().maxAttempts() > 1) {
            return List.of();
        }
        first.keep(attempt(first, hand, end, now));
        return giveUp(first, null, held);
    }

    /** Only if it has not ended after all, between the sentence and the kill. */
    private static List<GivenUp> punish(
            InFlight.Sentence sentence, InFlight hand, List<QueuedTask> held, End end, long now) {
        QueuedTask guilty = sentence.guilty();
        if (!held.contains(guilty)) {
            return List.of();
        }
        guilty.keep(attempt(guilty, hand, end, now));
        return giveUp(guilty, sentence.limit(), held);
    }

    /** What was cancelled stays: it is dropped, and nobody is told of a failure. */
    private static List<GivenUp> giveUp(QueuedTask guilty, TimeoutAction.@Nullable Limit limit, List<QueuedTask> held) {
        if (guilty.cancelled) {
            return List.of();
        }
        held.remove(guilty);
        return List.of(new GivenUp(guilty.task, limit, guilty.fatalAttempts()));
    }

    private static TaskAttempt attempt(QueuedTask entry, InFlight hand, End end, long now) {
        Duration lasted = Duration.ofNanos(now - hand.firstSince());
        return new TaskAttempt(entry.attempt, end.workerIndex(), end.at().minus(lasted), lasted, end.exit());
    }
}
