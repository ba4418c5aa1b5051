package dev.pipelinebox.internal.cluster;

import akka.dispatch.DispatcherPrerequisites;
import akka.dispatch.ExecutorServiceConfigurator;
import akka.dispatch.ExecutorServiceFactory;
import akka.dispatch.MonitorableThreadFactory;
import com.typesafe.config.Config;
import dev.pipelinebox.internal.os.SpinThenPark;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The thread of all actors of a system; {@code akka.conf} names it. */
final class SingleThreadExecutor extends ExecutorServiceConfigurator {

    /** Called by Akka. */
    SingleThreadExecutor(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
    }

    @Override
    public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
        ThreadFactory named =
                threads instanceof MonitorableThreadFactory akkas ? akkas.withName(akkas.name() + "-" + id) : threads;
        return () -> new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new WorkToDo(), named);
    }

    /** Used by one thread to take. */
    @SuppressWarnings("serial")
    private static final class WorkToDo extends LinkedBlockingQueue<Runnable> {

        private final SpinThenPark wait = new SpinThenPark();

        @Override
        public Runnable take() throws InterruptedException {
            Runnable next = poll();
            if (next != null) {
                return next;
            }
            long begin = System.nanoTime();
            wait.lookOut(() -> !isEmpty());
            next = super.take();
            wait.ended(begin);
            return next;
        }
    }
}
