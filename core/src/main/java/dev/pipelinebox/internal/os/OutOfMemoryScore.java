package dev.pipelinebox.internal.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which of several processes the kernel ends when there is no memory left; only some systems let a process say. */
public final class OutOfMemoryScore {

    private static final Path FILE = Path.of("/proc/self/oom_score_adj");

    /** In thousandths of the memory, by which this process seems to be larger than it is. */
    private static final int MORE = 300;

    private static final int MOST = 1000;

    private OutOfMemoryScore() {}

    /** Lets this process, and those that it starts from now on, be ended before others. */
    public static void raise() {
        if (!Capability.PROCESS_FILES.isThere()) {
            return;
        }
        try {
            int before = Integer.parseInt(Files.readString(FILE).strip());
            Files.writeString(FILE, String.valueOf(Math.min(MOST, before + MORE)));
        } catch (IOException | NumberFormatException notAllowed) {
            // It is as it was.
        }
    }
}
