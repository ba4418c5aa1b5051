package dev.pipelinebox.internal.worker;

import dev.pipelinebox.internal.bootstrap.FaultPlan.TaskFault;
import java.lang.reflect.Field;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A process for one worker, which ends with it. Faults are real ones. */
final class ProcessEnvironment implements WorkerEnvironment {

    /** The exit code of a JVM that has crashed. */
    private static final int ABORTED = 134;

    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    @Override
    public Thread taskThread(Runnable tasks) {
        return new Thread(tasks, TaskRunner.THREAD);
    }

    /** Off the actor's thread, since shutdown hooks of user code may wait. */
    @Override
    public void onStopped() {
        new Thread(() -> System.exit(0), "pipelinebox-exit").start();
    }

    /** Reported where the JVM reports what ends a thread, since the master reads a process's last output. */
    @Override
    public void onUnstartable(Throwable problem) {
        Thread self = Thread.currentThread();
        self.getUncaughtExceptionHandler().uncaughtException(self, problem);
        Runtime.getRuntime().halt(1);
    }

    @Override
    public void onMasterLost() {
        ParentWatch.end();
    }

    @Override
    public void inject(TaskFault fault) {
        switch (fault.kind()) {
            case CRASH -> crash();
            case EXIT -> System.exit(fault.exitCode());
            case HANG -> hang();
            case OUT_OF_MEMORY -> fillHeap();
        }
    }

    /** Writes to address 0; by reflection, since {@code sun.misc.Unsafe} cannot be named without a compiler warning. */
    private static void crash() {
        try {
            Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
            field.setAccessible(true);
            Object unsafe = field.get(null);
            unsafe.getClass().getMethod("putAddress", long.class, long.class).invoke(unsafe, 0L, 0L);
        } catch (ReflectiveOperationException javaWithoutIt) {
            Runtime.getRuntime().halt(ABORTED);
        }
    }

    /** This wait ignores interrupts. */
    private static void hang() {
        new CompletableFuture<Void>().join();
    }

    /**
     * Asks for arrays as large as the heap: the JVM fails as with a heap that was filled bit by bit, but at once, and
     * without taking gigabytes from the machine before.
     */
    private static void fillHeap() {
        int length = (int) Math.min(LONGEST_ARRAY, Runtime.getRuntime().maxMemory() / Long.BYTES);
        List<Object> held = List.of();
        while (true) {
            held = List.of(held, new long[length]);
        }
    }
}
