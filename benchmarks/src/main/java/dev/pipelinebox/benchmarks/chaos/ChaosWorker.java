package dev.pipelinebox.benchmarks.chaos;

import dev.pipelinebox.api.Worker;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/** Takes its time, and answers something that can be checked. */
public final class ChaosWorker implements Worker<ChaosWorker.Question, ChaosWorker.Answer> {

    private static final int LONGEST_MILLIS = 50;
    private static final int SMALL = 200;
    private static final int LARGE = 100 * 1024;
    private static final int ONE_IN_SO_MANY_IS_LARGE = 20;
    private static final long STRIDE = 0x9E3779B97F4A7C15L;

    /**
     * A task.
     *
     * @param number which one, from 1
     * @param millis how long it takes
     * @param payload what it has to carry
     */
    public record Question(long number, int millis, byte[] payload) {

        /** The question with this number; always the same one for a seed. */
        static Question of(long seed, long number) {
            SplittableRandom random = new SplittableRandom(seed + number * STRIDE);
            boolean isLarge = random.nextInt(ONE_IN_SO_MANY_IS_LARGE) == 0;
            byte[] payload = new byte[random.nextInt((isLarge ? LARGE : SMALL) + 1)];
            random.nextBytes(payload);
            return new Question(number, random.nextInt(LONGEST_MILLIS + 1), payload);
        }

        /** The one right answer. */
        Answer answer() {
            CRC32 crc = new CRC32();
            crc.update(payload);
            byte[] mixed = new byte[payload.length];
            for (int i = 0; i < mixed.length; i++) {
                mixed[i] = (byte) (payload[i] ^ (number + i));
            }
            return new Answer(number, STRIDE * (number + millis) ^ crc.getValue(), mixed);
        }
    }

    /**
     * What comes of it.
     *
     * @param number the question's
     * @param hash mixed from all of the question
     * @param payload the question's, changed by its number
     */
    public record Answer(long number, long hash, byte[] payload) {}

    /** Nothing to prepare. */
    public ChaosWorker() {}

    @Override
    public Answer runTask(Question question) throws InterruptedException {
        Thread.sleep(question.millis());
        return question.answer();
    }
}
