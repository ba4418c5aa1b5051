package dev.pipelinebox.internal.link.transfer;

import static dev.pipelinebox.internal.link.transfer.OutboundPayloads.MESSAGE_BYTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.internal.link.message.Envelope;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.MessageCodec;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import dev.pipelinebox.internal.task.Demand;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadsTest {

    /** A packed message and how much it counts. */
    private record Packed<M>(M message, int bytes) {}

    private final Random random = new Random(1);
    private final MessageCodec codec = new MessageCodec();
    private final OutboundPayloads<MasterToWorker, TaskEnvelope> sent = new OutboundPayloads<>(PayloadForm.ARGUMENTS);
    private final InboundPayloads<MasterToWorker, TaskEnvelope> received =
            new InboundPayloads<>(PayloadForm.ARGUMENTS, false, PayloadsTest::fail);

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                MESSAGE_BYTES - 1,
                MESSAGE_BYTES,
                MESSAGE_BYTES + 1,
                2 * MESSAGE_BYTES - 1,
                2 * MESSAGE_BYTES,
                2 * MESSAGE_BYTES + 1,
                (20 << 20) + 7
            })
    void aPayloadOfAnySizeComesTogetherAgain(int bytes) {
        TaskEnvelope task = task(1, bytes);

        assertThat(unpack(pack(List.of(task)))).singleElement().satisfies(whole -> {
            assertThat(whole.firstId()).isEqualTo(1);
            assertThat(whole.attempt()).isEqualTo(7);
            assertThat(whole.payload()).isEqualTo(task.payload());
        });
    }

    @Test
    void aNullPayloadStaysNull() {
        assertThat(unpack(pack(List.of(TaskEnvelope.of(1, 1, null)))))
                .singleElement()
                .extracting(TaskEnvelope::payload)
                .isNull();
    }

    @Test
    void anEmptyPayloadIsNotNull() {
        assertThat(unpack(pack(List.of(TaskEnvelope.of(1, 1, new byte[0])))))
                .singleElement()
                .extracting(TaskEnvelope::payload)
                .isEqualTo(new byte[0]);
    }

    @Test
    void nothingMakesNoMessage() {
        assertThat(pack(List.of())).isEmpty();
    }

    @Test
    void aPayloadThatJustFitsIsNotSplit() {
        assertThat(pack(List.of(task(1, MESSAGE_BYTES))))
                .extracting(Packed::message)
                .hasOnlyElementsOfType(MasterToWorker.Tasks.class);
    }

    @Test
    void aPayloadThatIsOneByteLargerIsSplitInTwo() {
        assertThat(pack(List.of(task(1, MESSAGE_BYTES + 1))))
                .extracting(Packed::message)
                .hasSize(2)
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOf(MasterToWorker.ArgumentPart.class),
                        last -> assertThat(last).isInstanceOf(MasterToWorker.Tasks.class));
    }

    @Test
    void smallTasksTravelTogether() {
        List<TaskEnvelope> tasks =
                LongStream.rangeClosed(1, 500).mapToObj(id -> task(id, 100)).toList();

        assertThat(pack(tasks)).hasSize(1);
    }

    @Test
    void tasksKeepTheirOrderBetweenLargeOnes() {
        List<TaskEnvelope> tasks = List.of(
                task(1, 10),
                task(2, 3 * MESSAGE_BYTES + 5),
                TaskEnvelope.of(3, 7, null),
                task(4, MESSAGE_BYTES),
                task(5, 0),
                task(6, 2 * MESSAGE_BYTES + 1));

        assertSame(unpack(pack(tasks)), tasks);
    }

    @Test
    void theMessagesOfAnyBatchStayUnderTheLimit() {
        for (long seed = 1; seed <= 15; seed++) {
            Random sizes = new Random(seed);
            List<TaskEnvelope> tasks = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                tasks.add(task(Long.MAX_VALUE - i, anySize(sizes)));
            }
            for (Packed<MasterToWorker> packed : pack(tasks)) {
                assertThat(payloadBytes(packed.message())).as("seed %d", seed).isLessThanOrEqualTo(MESSAGE_BYTES);
                assertThat(payloadBytes(packed.message())).as("seed %d", seed).isLessThanOrEqualTo(packed.bytes());
                assertThat(written(packed.message()))
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(packed.bytes() + 64)
                        .isLessThanOrEqualTo(MESSAGE_BYTES + 64);
            }
        }
    }

    @Test
    void aBatchOfNothingButNullsStaysUnderTheLimitToo() {
        List<TaskEnvelope> tasks = LongStream.range(0, 10_000)
                .mapToObj(i -> TaskEnvelope.of(Long.MAX_VALUE - i, Integer.MAX_VALUE, null))
                .toList();

        for (Packed<MasterToWorker> packed : pack(tasks)) {
            assertThat(written(packed.message())).isLessThanOrEqualTo(packed.bytes() + 64);
        }
    }

    @Test
    void piecesOfSeveralTasksMayArriveInterleaved() {
        List<MasterToWorker> one = messages(pack(List.of(task(1, 3 * MESSAGE_BYTES + 3))));
        List<MasterToWorker> other = messages(pack(List.of(task(2, 2 * MESSAGE_BYTES + 2))));
        for (long seed = 1; seed <= 50; seed++) {
            assertThat(sizesOf(unpackMessages(interleaved(one, other, new Random(seed)))))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrder(3 * MESSAGE_BYTES + 3, 2 * MESSAGE_BYTES + 2);
        }
    }

    @Test
    void aTaskThatComesAgainStartsFromNothing() {
        TaskEnvelope first = task(1, MESSAGE_BYTES + 1);
        TaskEnvelope second = task(1, 2 * MESSAGE_BYTES);

        assertThat(unpack(pack(List.of(first))).get(0).payload()).isEqualTo(first.payload());
        assertThat(unpack(pack(List.of(second))).get(0).payload()).isEqualTo(second.payload());
    }

    @Test
    void outcomesKeepAllTheyHold() {
        List<OutcomeEnvelope> outcomes = List.of(
                OutcomeEnvelope.of(1, 2, true, bytes(MESSAGE_BYTES + 1)),
                OutcomeEnvelope.of(2, 1, false, bytes(5)),
                OutcomeEnvelope.of(3, 1, true, null));
        Demand demand = new Demand(3, 4);
        InboundPayloads<WorkerToMaster, OutcomeEnvelope> atTheMaster =
                new InboundPayloads<>(PayloadForm.RESULTS, false, PayloadsTest::fail);
        List<OutcomeEnvelope> whole = new ArrayList<>();

        for (Packed<WorkerToMaster> packed :
                pack(new OutboundPayloads<>(PayloadForm.RESULTS), new WorkerToMaster.Done(outcomes, demand))) {
            WorkerToMaster message = packed.message();
            if (atTheMaster.keep(message) < 0) {
                WorkerToMaster.Done done = (WorkerToMaster.Done) atTheMaster.complete(message);
                assertThat(done.demand()).isEqualTo(demand);
                whole.addAll(done.outcomes());
            }
        }

        assertSame(whole, outcomes);
        assertThat(whole).extracting(OutcomeEnvelope::success).containsExactly(true, false, true);
        assertThat(whole).extracting(OutcomeEnvelope::attempt).containsExactly(2, 1, 1);
    }

    @Test
    void aPayloadThatIsLargerThanTheHeapFailsWhenItsEnvelopeComesAndDoesNotEndTheProcess() {
        Assumptions.assumeTrue(Runtime.getRuntime().maxMemory() < Integer.MAX_VALUE, "a heap of less than 2 GiB");
        received.keep(new MasterToWorker.ArgumentPart(1, Integer.MAX_VALUE, new byte[1]));
        received.keep(new MasterToWorker.ArgumentPart(1, Integer.MAX_VALUE, new byte[1]));

        assertThatThrownBy(() -> complete(task(1, 1)))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("2147483647 bytes does not fit into the heap")
                .hasMessageContaining("pipelinebox.worker.heap");
        assertThat(complete(task(1, 5)).size()).isEqualTo(5);
    }

    @Test
    void aPayloadOfWhichNotAllHasComeIsNotTakenForWhole() {
        received.keep(new MasterToWorker.ArgumentPart(1, 10, new byte[3]));

        assertThatThrownBy(() -> complete(task(1, 1)))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("Of a value of 10 bytes only 4 have come");
    }

    @Test
    void anEnvelopeWhosePayloadCannotBeHadIsReplacedOrLeftOut() {
        List<TaskEnvelope> tasks = List.of(task(1, 1), task(2, 1), task(3, 1));
        TaskEnvelope replacement = task(2, 5);

        assertThat(completed(tasks, Optional.of(replacement))).containsExactly(tasks.get(0), replacement, tasks.get(2));
        assertThat(completed(tasks, Optional.empty())).containsExactly(tasks.get(0), tasks.get(2));
    }

    private static List<TaskEnvelope> completed(List<TaskEnvelope> tasks, Optional<TaskEnvelope> instead) {
        InboundPayloads<MasterToWorker, TaskEnvelope> payloads =
                new InboundPayloads<>(PayloadForm.ARGUMENTS, false, (lost, why) -> instead);
        payloads.keep(new MasterToWorker.ArgumentPart(2, 10, new byte[3]));
        return ((MasterToWorker.Tasks) payloads.complete(new MasterToWorker.Tasks(tasks))).batch();
    }

    @Test
    void aPayloadIsPutWhereTheReceiverSays() {
        TaskEnvelope task = task(1, 100);

        byte[] place = received.place(1, 100);

        assertThat(place).hasSize(100);
        System.arraycopy(task.payload(), 0, place, 0, 100);
        assertThat(complete(task(1, 0)).payload()).isEqualTo(task.payload());
    }

    @Test
    void aPayloadThatIsLargerThanTheHeapHasNoPlace() {
        Assumptions.assumeTrue(Runtime.getRuntime().maxMemory() < Integer.MAX_VALUE, "a heap of less than 2 GiB");

        assertThat(received.place(1, Integer.MAX_VALUE)).isNull();

        assertThatThrownBy(() -> complete(task(1, 0))).hasMessageContaining("does not fit into the heap");
    }

    @Test
    void aBatchThatFitsIsSentAsItIs() {
        MasterToWorker.Tasks tasks = new MasterToWorker.Tasks(List.of(task(1, 10), task(2, 20)));

        assertThat(pack(sent, tasks))
                .singleElement()
                .satisfies(packed -> assertThat(packed.message()).isSameAs(tasks));
    }

    @Test
    void anyOtherMessageIsSentAsItIs() {
        MasterToWorker message = new MasterToWorker.Stop(true);

        assertThat(pack(sent, message))
                .singleElement()
                .satisfies(packed -> assertThat(packed.message()).isSameAs(message));
    }

    private TaskEnvelope complete(TaskEnvelope task) {
        return ((MasterToWorker.Tasks) received.complete(new MasterToWorker.Tasks(List.of(task))))
                .batch()
                .get(0);
    }

    private static <E> Optional<E> fail(E envelope, PayloadException why) {
        throw why;
    }

    /** Not by comparing recursively, which takes seconds for so many bytes. */
    private static void assertSame(List<? extends Envelope> actual, List<? extends Envelope> expected) {
        assertThat(actual).extracting(Envelope::firstId).isEqualTo(idsOf(expected));
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i).payload()).isEqualTo(expected.get(i).payload());
        }
    }

    private static List<Long> idsOf(List<? extends Envelope> envelopes) {
        return envelopes.stream().<Long>map(Envelope::firstId).toList();
    }

    private TaskEnvelope task(long id, int bytes) {
        return TaskEnvelope.of(id, 7, bytes(bytes));
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static int anySize(Random sizes) {
        return switch (sizes.nextInt(20)) {
            case 0 -> MESSAGE_BYTES + sizes.nextInt(2 * MESSAGE_BYTES);
            case 1 -> MESSAGE_BYTES - sizes.nextInt(40);
            case 2, 3, 4 -> sizes.nextInt(MESSAGE_BYTES / 4);
            default -> sizes.nextInt(100);
        };
    }

    private List<Packed<MasterToWorker>> pack(List<TaskEnvelope> tasks) {
        return pack(sent, new MasterToWorker.Tasks(tasks));
    }

    private static <M> List<Packed<M>> pack(OutboundPayloads<M, ?> payloads, M message) {
        List<Packed<M>> packed = new ArrayList<>();
        payloads.pack(message, (maker, bytes) -> packed.add(new Packed<>(maker.get(), bytes)));
        return packed;
    }

    private int written(MasterToWorker message) {
        ByteBuffer buffer = ByteBuffer.allocate(codec.size(message));
        codec.write(message, buffer);
        return buffer.position();
    }

    private static List<MasterToWorker> messages(List<Packed<MasterToWorker>> packed) {
        return packed.stream().map(Packed::message).toList();
    }

    private List<TaskEnvelope> unpack(List<Packed<MasterToWorker>> packed) {
        return unpackMessages(messages(packed));
    }

    private List<TaskEnvelope> unpackMessages(List<MasterToWorker> messages) {
        List<TaskEnvelope> whole = new ArrayList<>();
        for (MasterToWorker message : messages) {
            if (received.keep(message) < 0) {
                whole.addAll(((MasterToWorker.Tasks) received.complete(message)).batch());
            }
        }
        return whole;
    }

    private static int payloadBytes(MasterToWorker message) {
        if (message instanceof MasterToWorker.ArgumentPart part) {
            return part.bytes().length;
        }
        return ((MasterToWorker.Tasks) message)
                .batch().stream().mapToInt(Envelope::size).sum();
    }

    private static List<Integer> sizesOf(List<TaskEnvelope> tasks) {
        return tasks.stream().map(Envelope::size).toList();
    }

    /** Both lists in their order, shuffled into each other. */
    private static List<MasterToWorker> interleaved(
            List<MasterToWorker> one, List<MasterToWorker> other, Random random) {
        List<Boolean> turns = new ArrayList<>(Collections.nCopies(one.size(), true));
        turns.addAll(Collections.nCopies(other.size(), false));
        Collections.shuffle(turns, random);
        List<MasterToWorker> mixed = new ArrayList<>();
        int nextOne = 0;
        int nextOther = 0;
        for (boolean turn : turns) {
            mixed.add(turn ? one.get(nextOne++) : other.get(nextOther++));
        }
        return mixed;
    }
}
