package dev.pipelinebox.internal.link.artery;

import static dev.pipelinebox.internal.link.artery.ReliableDelivery.ACK_EVERY;
import static dev.pipelinebox.internal.link.artery.ReliableDelivery.WINDOW_BYTES;
import static dev.pipelinebox.internal.link.artery.ReliableDelivery.WINDOW_FRAMES;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReliableDeliveryTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(200);

    private record Frame(long seq, long ack, String body) {}

    private final ReliableDelivery<String, Frame> link = new ReliableDelivery<>(Frame::new);

    @Nested
    class Sends {

        @Test
        void messagesAtOnceNumberedFromOne() {
            link.offer(() -> "a", 1);
            link.offer(() -> "b", 1);

            assertThat(link.toSend(0)).containsExactly(new Frame(1, 0, "a"), new Frame(2, 0, "b"));
            assertThat(link.toSend(0)).isEmpty();
        }

        @Test
        void noMoreFramesThanTheWindow() {
            offer(WINDOW_FRAMES + 1, 1);

            assertThat(link.toSend(0)).hasSize(WINDOW_FRAMES);
            assertThat(link.toSend(0)).isEmpty();

            link.receive(0, 1, 0);
            assertThat(link.toSend(0)).extracting(Frame::seq).containsExactly(WINDOW_FRAMES + 1L);
        }

        @Test
        void noMoreBytesThanTheWindow() {
            offer(3, WINDOW_BYTES / 2);

            assertThat(link.toSend(0)).hasSize(2);

            link.receive(0, 1, 0);
            assertThat(link.toSend(0)).hasSize(1);
        }

        @Test
        void aMessageLargerThanTheWindowByItself() {
            link.offer(() -> "small", 1);
            link.offer(() -> "huge", WINDOW_BYTES + 1);

            assertThat(link.toSend(0)).extracting(Frame::body).containsExactly("small");
            link.receive(0, 1, 0);
            assertThat(link.toSend(0)).extracting(Frame::body).containsExactly("huge");
        }

        @Test
        void andKnowsHowFarTheyWereAcknowledged() {
            assertThat(link.lastAcknowledged()).isZero();
            offer(WINDOW_FRAMES + 2, 1);
            assertThat(link.lastAcknowledged()).isZero();
            link.toSend(0);
            assertThat(link.lastAcknowledged()).isZero();

            link.receive(0, 3, 0);
            assertThat(link.lastAcknowledged()).isEqualTo(3);

            link.toSend(0);
            link.receive(0, WINDOW_FRAMES + 2, 0);
            assertThat(link.lastAcknowledged()).isEqualTo(WINDOW_FRAMES + 2);
        }

        @Test
        void untilAllIsAcknowledgedItIsNotIdle() {
            assertThat(link.isIdle()).isTrue();

            offer(2, 1);
            assertThat(link.isIdle()).isFalse();
            link.toSend(0);
            link.receive(0, 1, 0);
            assertThat(link.isIdle()).isFalse();
            link.receive(0, 2, 0);
            assertThat(link.isIdle()).isTrue();
        }
    }

    @Nested
    class Resends {

        @Test
        void nothingBeforeASecondHasPassed() {
            offer(1, 1);
            link.toSend(0);

            assertThat(link.onTick(SECOND - 1)).isEmpty();
        }

        @Test
        void allThatIsUnacknowledgedAfterASecondInOrder() {
            offer(3, 1);
            link.toSend(0);
            link.receive(0, 1, 0);

            assertThat(link.onTick(SECOND)).extracting(Frame::seq).containsExactly(2L, 3L);
        }

        @Test
        void lessAndLessOftenWhileNothingIsAnswered() {
            offer(1, 1);
            link.toSend(0);

            assertThat(secondsBetweenResends(0, 5)).containsExactly(1L, 2L, 4L, 8L, 8L);
        }

        @Test
        void promptlyAgainOnceTheOtherEndHasAnswered() {
            offer(2, 1);
            link.toSend(0);
            secondsBetweenResends(0, 4);

            link.receive(0, 1, 100 * SECOND);

            assertThat(secondsBetweenResends(100 * SECOND, 2)).containsExactly(1L, 2L);
        }

        @Test
        void nothingThatWaitsForTheWindow() {
            offer(WINDOW_FRAMES + 5, 1);
            link.toSend(0);

            assertThat(link.onTick(SECOND)).hasSize(WINDOW_FRAMES);
        }

        @Test
        void byAClockThatMayRunOverItsEnd() {
            long justBefore = Long.MAX_VALUE - SECOND / 2;
            offer(1, 1);
            link.toSend(justBefore);

            assertThat(link.onTick(justBefore + SECOND - 1)).isEmpty();
            assertThat(link.onTick(justBefore + SECOND)).hasSize(1);
        }

        private List<Long> secondsBetweenResends(long from, int howMany) {
            List<Long> gaps = new ArrayList<>();
            long last = from;
            for (long now = from; gaps.size() < howMany && now < from + 100 * SECOND; now += SECOND / 10) {
                if (!link.onTick(now).isEmpty()) {
                    gaps.add((now - last) / SECOND);
                    last = now;
                }
            }
            return gaps;
        }
    }

    @Nested
    class Receives {

        @Test
        void theNextFrameOnce() {
            assertThat(link.receive(1, 0, 0)).isTrue();
            assertThat(link.receive(1, 0, 0)).isFalse();
            assertThat(link.receive(2, 0, 0)).isTrue();
        }

        @Test
        void noFrameThatComesTooEarly() {
            assertThat(link.receive(2, 0, 0)).isFalse();
            assertThat(link.receive(1, 0, 0)).isTrue();
            assertThat(link.receive(2, 0, 0)).isTrue();
        }

        @Test
        void anOldAcknowledgementWithoutHarm() {
            offer(2, 1);
            link.toSend(0);
            link.receive(0, 2, 0);
            link.receive(0, 1, 0);

            assertThat(link.isIdle()).isTrue();
        }
    }

    @Nested
    class Acknowledges {

        @Test
        void onTheNextFrameThatGoesOut() {
            link.receive(1, 0, 0);
            link.offer(() -> "answer", 1);

            assertThat(link.toSend(0)).containsExactly(new Frame(1, 1, "answer"));
            assertThat(link.onTick(TICK)).isEmpty();
        }

        @Test
        void byItselfOnTheNextTickAndOnlyOnce() {
            link.receive(1, 0, 0);

            assertThat(link.toSend(0)).isEmpty();
            assertThat(link.onTick(TICK)).containsExactly(new Frame(0, 1, null));
            assertThat(link.onTick(2 * TICK)).isEmpty();
        }

        @Test
        void byItselfAtOnceAfterAQuarterOfAWindow() {
            for (int seq = 1; seq < ACK_EVERY; seq++) {
                link.receive(seq, 0, 0);
                assertThat(link.toSend(0)).isEmpty();
            }
            link.receive(ACK_EVERY, 0, 0);

            assertThat(link.toSend(0)).containsExactly(new Frame(0, ACK_EVERY, null));
            assertThat(link.toSend(0)).isEmpty();
        }

        @Test
        void byItselfAtOnceAfterManyBytesInFewFrames() {
            link.receive(1, 0, 0);
            link.took(WINDOW_BYTES / 4 - 1);
            assertThat(link.toSend(0)).isEmpty();
            link.receive(2, 0, 0);
            link.took(1);

            assertThat(link.toSend(0)).containsExactly(new Frame(0, 2, null));
        }

        @Test
        void againWhatComesTwice() {
            link.receive(1, 0, 0);
            link.onTick(TICK);

            link.receive(1, 0, 0);

            assertThat(link.toSend(0)).containsExactly(new Frame(0, 1, null));
        }

        @Test
        void whatHasArrivedWhenSomethingComesTooEarly() {
            link.receive(1, 0, 0);
            link.receive(3, 0, 0);

            assertThat(link.toSend(0)).containsExactly(new Frame(0, 1, null));
        }

        @Test
        void atOnceWhenAskedTo() {
            link.receive(1, 0, 0);
            link.acknowledgeNow();

            assertThat(link.toSend(0)).containsExactly(new Frame(0, 1, null));
        }

        @Test
        void noAcknowledgement() {
            assertThat(link.receive(0, 0, 0)).isFalse();

            assertThat(link.toSend(0)).isEmpty();
            assertThat(link.onTick(TICK)).isEmpty();
        }
    }

    @Nested
    class BetweenTwoEnds {

        @Test
        void aLosslessExchangeNeedsNoResends() {
            for (long seed = 1; seed <= 200; seed++) {
                Exchange exchange = new Exchange(seed, 0, 0, 0);
                exchange.run();

                exchange.checkAllArrived();
                assertThat(exchange.left.framesWithBody + exchange.right.framesWithBody)
                        .as(exchange.where)
                        .isEqualTo(exchange.left.offered + exchange.right.offered);
            }
        }

        @Test
        void aLosslessExchangeAcknowledgesInBulk() {
            Exchange exchange = new Exchange(1, 0, 0, 0);
            exchange.left.toOffer = 100 * ACK_EVERY;
            exchange.right.toOffer = 0;
            exchange.run();

            exchange.checkAllArrived();
            assertThat(exchange.right.frames)
                    .isBetween(100L, 100L + 2 * TimeUnit.NANOSECONDS.toSeconds(exchange.elapsed()) * SECOND / TICK);
        }

        @Test
        void everythingArrivesOnceAndInOrderWhateverTheChannelDoes() {
            long lost = 0;
            long doubled = 0;
            long overtaken = 0;
            for (long seed = 1; seed <= 3_000; seed++) {
                Random random = new Random(seed);
                Exchange exchange = new Exchange(seed, random.nextInt(30), random.nextInt(30), random.nextInt(3) * 40L);
                exchange.run();

                exchange.checkAllArrived();
                exchange.checkSilence();
                lost += exchange.lost;
                doubled += exchange.doubled;
                overtaken += exchange.overtaken;
            }
            assertThat(List.of(lost, doubled, overtaken))
                    .as("the channel misbehaved often enough to mean something")
                    .allMatch(often -> often > 3_000);
        }
    }

    @Test
    void aMessageIsMadeOnceWhenTheWindowHasRoomForIt() {
        List<String> made = new ArrayList<>();
        link.offer(() -> "huge", WINDOW_BYTES);
        link.offer(
                () -> {
                    made.add("late");
                    return "late";
                },
                1);

        link.toSend(0);
        assertThat(made).isEmpty();
        link.receive(0, 1, 0);
        assertThat(link.toSend(0)).extracting(Frame::body).containsExactly("late");
        assertThat(link.onTick(2 * SECOND)).extracting(Frame::body).containsExactly("late");
        assertThat(made).hasSize(1);
    }

    private void offer(int messages, int bytes) {
        IntStream.range(0, messages).forEach(i -> link.offer(() -> "message " + i, bytes));
    }

    /** Two ends, each with messages for the other, and a channel between them that may lose, double and delay. */
    private static final class Exchange {

        private record Transit(long arrival, long order, End to, Frame frame) {}

        private static final long PATIENCE = 3_600 * SECOND;

        private final Random random;
        private final int lossPercent;
        private final int doublingPercent;
        private final long jitterMillis;
        private final long start;
        private final Supplier<String> where;
        private final PriorityQueue<Transit> channel =
                new PriorityQueue<>(Comparator.comparingLong(Transit::arrival).thenComparingLong(Transit::order));
        final End left = new End();
        final End right = new End();
        long lost;
        long doubled;
        long overtaken;
        private long elapsed;
        private long sent;

        Exchange(long seed, int lossPercent, int doublingPercent, long jitterMillis) {
            this.random = new Random(seed);
            this.lossPercent = lossPercent;
            this.doublingPercent = doublingPercent;
            this.jitterMillis = jitterMillis;
            this.start = random.nextLong();
            this.where = () -> "seed " + seed + " after " + TimeUnit.NANOSECONDS.toMillis(elapsed) + " ms";
            left.other = right;
            right.other = left;
            left.toOffer = random.nextInt(120);
            right.toOffer = random.nextInt(120);
        }

        /** One end. */
        private final class End {
            final ReliableDelivery<String, Frame> link = new ReliableDelivery<>(Frame::new);
            final Map<Long, Integer> sizes = new HashMap<>();
            final List<String> received = new ArrayList<>();
            End other = this;
            int toOffer;
            int offered;
            long frames;
            long framesWithBody;
            private long highestSent;
            private long highestAcknowledged;
            private long lastArrival;

            void offerSome() {
                for (int i = random.nextInt(8); i > 0 && offered < toOffer; i--) {
                    int bytes = random.nextInt(10) == 0 ? random.nextInt(2 << 20) : random.nextInt(1000);
                    offered++;
                    sizes.put((long) offered, bytes);
                    String message = "message " + offered;
                    link.offer(() -> message, bytes);
                }
                send(link.toSend(now()));
            }

            void tick() {
                send(link.onTick(now()));
            }

            void arrive(Frame frame) {
                highestAcknowledged = Math.max(highestAcknowledged, frame.ack());
                if (link.receive(frame.seq(), frame.ack(), now())) {
                    received.add(frame.body());
                }
                send(link.toSend(now()));
            }

            private void send(List<Frame> out) {
                for (Frame frame : out) {
                    frames++;
                    framesWithBody += frame.seq() == 0 ? 0 : 1;
                    highestSent = Math.max(highestSent, frame.seq());
                    checkWindow();
                    if (random.nextInt(100) < lossPercent) {
                        lost++;
                    } else {
                        put(frame);
                    }
                    if (random.nextInt(100) < doublingPercent) {
                        doubled++;
                        put(frame);
                    }
                }
            }

            private void put(Frame frame) {
                long delay = 5 + (random.nextInt(10) == 0 ? (long) (random.nextDouble() * jitterMillis) : 0);
                long arrival = elapsed + TimeUnit.MILLISECONDS.toNanos(delay);
                overtaken += arrival < lastArrival ? 1 : 0;
                lastArrival = Math.max(lastArrival, arrival);
                channel.add(new Transit(arrival, sent++, other, frame));
            }

            private void checkWindow() {
                long underWay = highestSent - highestAcknowledged;
                if (underWay > 1) {
                    long bytes = 0;
                    for (long seq = highestAcknowledged + 1; seq <= highestSent; seq++) {
                        bytes += sizes.get(seq);
                    }
                    if (underWay > WINDOW_FRAMES || bytes > WINDOW_BYTES) {
                        assertThat(underWay).as(where).isLessThanOrEqualTo(WINDOW_FRAMES);
                        assertThat(bytes).as(where).isLessThanOrEqualTo(WINDOW_BYTES);
                    }
                }
            }
        }

        void run() {
            for (long nextTick = TICK; !isOver(); nextTick += TICK) {
                assertThat(elapsed).as(where).isLessThan(PATIENCE);
                left.offerSome();
                right.offerSome();
                deliverUntil(nextTick);
                left.tick();
                right.tick();
            }
            deliverUntil(elapsed + PATIENCE);
        }

        void checkAllArrived() {
            assertThat(right.received).as(where).isEqualTo(messages(left.offered));
            assertThat(left.received).as(where).isEqualTo(messages(right.offered));
            assertThat(left.link.isIdle() && right.link.isIdle()).as(where).isTrue();
        }

        /** Once all is acknowledged, no end says anything of its own accord. */
        void checkSilence() {
            left.tick();
            right.tick();
            deliverUntil(elapsed + PATIENCE);
            long before = left.frames + right.frames;
            for (int i = 0; i < 100; i++) {
                deliverUntil(elapsed + TICK);
                left.tick();
                right.tick();
            }
            assertThat(left.frames + right.frames).as(where).isEqualTo(before);
        }

        long elapsed() {
            return elapsed;
        }

        private boolean isOver() {
            return left.offered == left.toOffer
                    && right.offered == right.toOffer
                    && left.link.isIdle()
                    && right.link.isIdle();
        }

        private void deliverUntil(long end) {
            while (!channel.isEmpty() && channel.peek().arrival() <= end) {
                Transit transit = channel.remove();
                elapsed = Math.max(elapsed, transit.arrival());
                transit.to().arrive(transit.frame());
            }
            elapsed = end;
        }

        private long now() {
            return start + elapsed;
        }

        private static List<String> messages(int count) {
            return IntStream.rangeClosed(1, count).mapToObj(i -> "message " + i).toList();
        }
    }
}
