package dev.pipelinebox.internal.link.artery;

import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** Two ends of a reliable delivery, with a wire between them that may lose frames. */
public final class LossyWire {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ReliableDelivery<MasterToWorker, MasterFrame> near = new ReliableDelivery<>(MasterFrame::new);
    private final ReliableDelivery<WorkerToMaster, WorkerFrame> far = new ReliableDelivery<>(WorkerFrame::new);
    private final Random random = new Random(1);

    public void offer(Supplier<? extends MasterToWorker> message, int bytes) {
        near.offer(message, bytes);
    }

    /**
     * Gives messages to the receiver until all have arrived and the sender knows it; the clock is put forward when nothing
     * arrives any more. The receiver returns how many bytes a message took with it.
     */
    public void exchange(int lossPercent, ToIntFunction<MasterToWorker> receiver) {
        long now = 0;
        Deque<MasterFrame> inFlight = new ArrayDeque<>(near.toSend(now));
        while (!near.isIdle()) {
            List<WorkerFrame> answers = new ArrayList<>();
            while (!inFlight.isEmpty()) {
                MasterFrame frame = inFlight.removeFirst();
                if (random.nextInt(100) >= lossPercent) {
                    if (far.receive(frame.seq(), frame.ack(), now)) {
                        far.took(receiver.applyAsInt(frame.body()));
                    }
                    answers.addAll(far.toSend(now));
                }
            }
            now += SECOND;
            answers.addAll(far.onTick(now));
            for (WorkerFrame answer : answers) {
                if (random.nextInt(100) >= lossPercent) {
                    near.receive(answer.seq(), answer.ack(), now);
                    inFlight.addAll(near.toSend(now));
                }
            }
            inFlight.addAll(near.onTick(now));
        }
    }
}
