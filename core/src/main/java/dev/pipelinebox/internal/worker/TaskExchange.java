package dev.pipelinebox.internal.worker;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.internal.codec.FailureReport;
import dev.pipelinebox.internal.codec.ReportCodec;
import dev.pipelinebox.internal.link.LinkListener;
import dev.pipelinebox.internal.link.WorkerLink;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import dev.pipelinebox.internal.os.ThreadDump;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Speaks with the master for the {@link TaskRunner}: gives it tasks, sends back outcomes with the demand for more. All of it
 * runs in a {@link Mailbox}, as do the calls of its methods; but the task thread may send a few outcomes itself.
 */
final class TaskExchange implements LinkListener<MasterToWorker, TaskEnvelope> {

    /** How often the link is looked after, and outcomes are sent that found no other occasion. */
    private static final Duration TICK = Duration.ofMillis(50);

    /** The same while there is nothing to do, so that an idle process does next to nothing. */
    private static final Duration IDLE_TICK = Duration.ofSeconds(1);

    /** Runs what concerns the exchange, one after the other: an actor, or the thread of a link. */
    interface Mailbox extends Executor {

        /** Runs something after this time, instead of what was to run so before. Called by what it runs. */
        void schedule(Runnable task, Duration delay);
    }

    /** The process in its cluster. */
    interface Membership {

        /** The master has the process join the cluster of this node. */
        void join(String node);

        /** The master knows that the worker has stopped, so the process can end. */
        void onStopped();
    }

    private final TaskRunner runner;
    private final Mailbox mailbox;
    private final WorkerLink<WorkerToMaster> link;
    private final Membership membership;

    /** Failures of tasks whose arguments cannot be had, until their batch has been taken in. */
    private final List<OutcomeEnvelope> unreadable = new ArrayList<>();

    private boolean idle;
    private boolean lastMessageSent;
    private boolean stopped;

    TaskExchange(TaskRunner runner, Mailbox mailbox, WorkerLink<WorkerToMaster> link, Membership membership) {
        this.runner = runner;
        this.mailbox = mailbox;
        this.link = link;
        this.membership = membership;
    }

    /** To be called once, when the link can send. */
    void begin() {
        mailbox.schedule(this::onTick, TICK);
        runner.onOutcomes(this::onOutcomesDue);
        CompletionStage<Optional<FailureReport>> built = runner.built();
        built.thenAccept(problem -> mailbox.execute(() -> onWorkerBuilt(problem)));
    }

    private void onWorkerBuilt(Optional<FailureReport> problem) {
        if (problem.isPresent()) {
            sendLastMessage(new WorkerToMaster.InitFailed(ReportCodec.write(problem.get())));
        } else {
            CompletionStage<Void> closed = runner.closed();
            closed.thenRun(() -> mailbox.execute(this::onWorkerClosed));
            link.send(new WorkerToMaster.Ready(runner.outcomes().take().demand()));
        }
        afterEvent();
    }

    /**
     * On the task thread, which has just ended a task. To wake another thread for a few outcomes would take longer than to send
     * them. A send that fails, for want of memory, ends the exchange as anywhere else.
     */
    private void onOutcomesDue() {
        if (!link.isThreadSafe() || !runner.outcomes().areFew()) {
            mailbox.execute(this::onOutcomesWaiting);
            return;
        }
        try {
            sendOutcomes(List.of());
            reportUnsent();
        } catch (RuntimeException | Error failed) {
            mailbox.execute(() -> {
                throw failed;
            });
        }
    }

    private void onOutcomesWaiting() {
        sendOutcomes(List.of());
        afterEvent();
    }

    private void onWorkerClosed() {
        sendOutcomes(List.of());
        sendLastMessage(new WorkerToMaster.Stopped());
        afterEvent();
    }

    private void onTick() {
        sendOutcomes(List.of());
        sendProgress();
        runner.recycling()
                .reason(System.nanoTime())
                .ifPresent(reason -> link.send(new WorkerToMaster.RecyclingDue(reason)));
        link.onTick();
        idle = link.isQuiet()
                && runner.queue().running() == null
                && runner.queue().isEmpty();
        mailbox.schedule(this::onTick, idle ? IDLE_TICK : TICK);
        afterEvent();
    }

    @Override
    public void onMessage(MasterToWorker message) {
        if (message instanceof MasterToWorker.Tasks tasks) {
            onTasks(tasks.batch());
        } else if (message instanceof MasterToWorker.Revoke revoke) {
            link.send(new WorkerToMaster.GivenBack(runner.queue().revoke(revoke.taskIds())));
        } else if (message instanceof MasterToWorker.Cancel cancel) {
            sendOutcomes(runner.queue().cancel(cancel.taskIds()));
        } else if (message instanceof MasterToWorker.Stop stop) {
            link.send(new WorkerToMaster.GivenBack(runner.queue().stop(stop.interrupt())));
        } else if (message instanceof MasterToWorker.JoinCluster cluster) {
            membership.join(cluster.node());
        } else if (message instanceof MasterToWorker.TakeSlot slot) {
            runner.queue().takeSlot(slot.index());
        } else if (message instanceof MasterToWorker.Ping) {
            link.send(new WorkerToMaster.Pong());
        } else if (message instanceof MasterToWorker.DumpThreads) {
            dumpThreads();
        }
    }

    /** A task whose argument cannot be had has failed, and is not run. */
    @Override
    public Optional<TaskEnvelope> onUnreadable(TaskEnvelope task, PayloadException why) {
        byte[] report = ReportCodec.write(FailureReport.of(FailureReport.Kind.ARGUMENT, why));
        unreadable.add(OutcomeEnvelope.failure(task.firstId(), task.attempt(), report));
        return Optional.empty();
    }

    /** The link has taken in what has arrived, or sent some of what waited. */
    void afterEvent() {
        reportUnsent();
        if (lastMessageSent && !stopped && link.isIdle()) {
            stopped = true;
            membership.onStopped();
        }
    }

    /** One thread at a time, so that the last report is of the last state. */
    private synchronized void reportUnsent() {
        runner.outcomes().onUnsent(link.waitingBytes());
    }

    /** Something has arrived: until there is nothing to do again, the link is looked after more often. */
    void afterArrival() {
        if (idle) {
            idle = false;
            mailbox.schedule(this::onTick, TICK);
        }
        afterEvent();
    }

    private void onTasks(List<TaskEnvelope> tasks) {
        runner.queue().add(tasks);
        if (!unreadable.isEmpty()) {
            sendOutcomes(unreadable);
            unreadable.clear();
        }
    }

    /** Sends the outcomes that wait, and these of tasks that were never started; in the order in which they are taken. */
    private synchronized void sendOutcomes(List<OutcomeEnvelope> unstarted) {
        OutcomeBuffer.Batch batch = runner.outcomes().take();
        List<OutcomeEnvelope> outcomes = batch.outcomes();
        outcomes.addAll(unstarted);
        link.send(new WorkerToMaster.Done(outcomes, batch.demand()));
    }

    private void sendProgress() {
        RunningTask running = runner.queue().running();
        WorkerToMaster.Progressed progressed = running == null ? null : running.takeProgress();
        if (progressed != null) {
            link.send(progressed);
        }
    }

    /** On a thread of its own, since it may take long. */
    private void dumpThreads() {
        Thread dumping = new Thread(
                () -> {
                    String text = ThreadDump.take(TaskRunner.THREAD);
                    mailbox.execute(() -> {
                        link.send(new WorkerToMaster.ThreadDump(text));
                        afterEvent();
                    });
                },
                "pipelinebox-thread-dump");
        dumping.setDaemon(true);
        dumping.start();
    }

    private void sendLastMessage(WorkerToMaster message) {
        link.send(message);
        lastMessageSent = true;
    }
}
