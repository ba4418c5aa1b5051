package dev.pipelinebox.benchmarks.chaos;

import dev.pipelinebox.api.Worker;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/** Sleeps, and returns a result that can be checked. */
public final class ChaosWorker implements Worker<ChaosWorker.Request, ChaosWorker.Reply> {

    private static final int LONGEST_MILLIS = 50;
    private static final int SMALL = 200;
    private static final int LARGE = 100 * 1024;
    private static final int ONE_IN_SO_MANY_IS_LARGE = 20;
    private static final long STRIDE = 0x9E3779B97F4A7C15L;

    /**
     * A task.
     *
     * @param number its number, from 1
     * @param millis how long it takes
     * @param payload some bytes
     */
    public record Request(long number, int millis, byte[] payload) {

        /** The request with this number; the same one for each seed. */
        static Request of(long seed, long number) {
            SplittableRandom random = new SplittableRandom(seed + number * STRIDE);
            boolean isLarge = random.nextInt(ONE_IN_SO_MANY_IS_LARGE) == 0;
            byte[] payload = new byte[random.nextInt((isLarge ? LARGE : SMALL) + 1)];
            random.nextBytes(payload);
            return new Request(number, random.nextInt(LONGEST_MILLIS + 1), payload);
        }

        /** The one right reply. */
        Reply reply() {
            CRC32 crc = new CRC32();
            crc.update(payload);
            byte[] mixed = new byte[payload.length];
            for (int i = 0; i < mixed.length; i++) {
                mixed[i] = (byte) (payload[i] ^ (number + i));
            }
            return new Reply(number, STRIDE * (number + millis) ^ crc.getValue(), mixed);
        }
    }

    /**
     * The result.
     *
     * @param number the number of the request
     * @param hash a hash of the whole request
     * @param payload the payload of the request, changed by its number
     */
    public record Reply(long number, long hash, byte[] payload) {}

    /** Nothing to prepare. */
    public ChaosWorker() {}

    @Override
    public Reply runTask(Request request) throws InterruptedException {
        Thread.sleep(request.millis());
        return request.reply();
    }
}
