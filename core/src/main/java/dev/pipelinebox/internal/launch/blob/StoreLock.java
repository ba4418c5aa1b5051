package dev.pipelinebox.internal.launch.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one thread of one program at a time change what the store has, for a moment. The system ends the lock of a program
 * that is killed. Its file is never removed.
 *
 * @param file which is locked
 */
record StoreLock(Path file) {

    /** Of this program: to open and close the file is enough for the system to end the lock of another thread. */
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    /** What is done under the lock. */
    interface Action<T> {
        T run() throws IOException;
    }

    /** Not to be called under the lock. */
    <T> T locked(Action<T> action) throws IOException {
        ReentrantLock threads = THREADS.computeIfAbsent(file, path -> new ReentrantLock());
        threads.lock();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            return action.run();
        } finally {
            threads.unlock();
        }
    }
}
