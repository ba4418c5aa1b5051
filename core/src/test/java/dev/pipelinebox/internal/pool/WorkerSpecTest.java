package dev.pipelinebox.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.WorkerOptions;
import org.junit.jupiter.api.Test;

class WorkerSpecTest {

    @Test
    void isOfTheSameKindAsOthersWithEqualParametersAndOptions() {
        Object kind = Specs.spec(0, "a").kind();

        assertThat(Specs.spec(1, "a").kind()).isEqualTo(kind).hasSameHashCodeAs(kind);
        assertThat(Specs.spec(0, "b").kind()).isNotEqualTo(kind);
        assertThat(Specs.spec(0, "a", WorkerOptions.defaults().withProcessors(2))
                        .kind())
                .isNotEqualTo(kind);
    }

    @Test
    void isOfAKindOfItsOwnWithoutParameters() {
        WorkerSpec spec = new WorkerSpec(0, "SomeWorker", null, null, WorkerOptions.defaults());

        assertThat(new WorkerSpec(1, "SomeWorker", null, null, WorkerOptions.defaults()).kind())
                .isEqualTo(spec.kind());
        assertThat(Specs.spec(0, "").kind()).isNotEqualTo(spec.kind());
    }

    /** Parameters may be large, and the kind is asked for with each message. */
    @Test
    void findsOutItsKindOnceAndItsSparesHaveIt() {
        WorkerSpec spec = Specs.spec(0, "a");

        assertThat(spec.kind()).isSameAs(spec.kind()).isSameAs(spec.asSpare().kind());
    }

    @Test
    void doesNotShowWhatTheUsersWorkerIsBuiltFrom() {
        WorkerSpec spec = Specs.spec(7, "hush-4711", WorkerOptions.defaults().withEnvironment("PASSWORD", "hush-4712"));

        assertThat(spec.toString()).contains("worker 7", "SomeWorker").doesNotContain("hush");
    }
}
