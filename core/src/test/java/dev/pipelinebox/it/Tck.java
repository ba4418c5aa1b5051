package dev.pipelinebox.it;

import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.IdentityFlowProcessorVerification;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;

/** The rules of Reactive Streams, for elements that go through a real worker; one, so that they stay in order. */
abstract class Tck extends IdentityFlowProcessorVerification<Long> {

    private static final long TIMEOUT_MILLIS = 30_000;
    private static final long SILENCE_MILLIS = 50;
    private static final long POLL_MILLIS = 50;

    private final ExecutorService publishers = Executors.newCachedThreadPool();
    private Master<Long, Long> master;

    Tck() {
        super(new TestEnvironment(TIMEOUT_MILLIS, SILENCE_MILLIS, POLL_MILLIS, false));
    }

    @BeforeClass
    public void start() {
        master = Master.of(Workers.Echo.class)
                .config(ConfigFactory.parseString("pipelinebox.run.window = 64"))
                .start();
        Pools.ready(master.addWorker());
    }

    @AfterClass
    public void stop() {
        publishers.shutdownNow();
        master.close();
        NoProcessLeft.check(getClass().getSimpleName());
    }

    final Master<Long, Long> master() {
        return master;
    }

    @Override
    public Flow.Publisher<Long> createFailedFlowPublisher() {
        Flow.Processor<Long, Long> failed = createIdentityFlowProcessor(1);
        failed.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {}
        });
        failed.onError(new IllegalStateException("failed before anybody subscribed"));
        return failed;
    }

    @Override
    public ExecutorService publisherExecutorService() {
        return publishers;
    }

    @Override
    public Long createElement(int element) {
        return (long) element;
    }

    @Override
    public long maxSupportedSubscribers() {
        return 1;
    }

    /** Only one subscriber is supported. */
    @Override
    public boolean doesCoordinatedEmission() {
        return false;
    }

    @Override
    protected final Flow.Processor<Long, Long> createIdentityFlowProcessor(int bufferSize) {
        return createProcessor();
    }

    abstract Flow.Processor<Long, Long> createProcessor();
}
