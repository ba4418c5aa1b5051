package dev.pipelinebox.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.api.InvalidConfigException;
import dev.pipelinebox.internal.bootstrap.FaultPlan;
import dev.pipelinebox.internal.bootstrap.FaultPlan.Kind;
import dev.pipelinebox.internal.bootstrap.FaultPlan.TaskFault;
import dev.pipelinebox.internal.bootstrap.RecycleLimits;
import dev.pipelinebox.internal.bootstrap.WorkerSettings;
import dev.pipelinebox.testkit.TestKit;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultSettingsReaderTest {

    @Test
    void areNoneIfNothingIsSet() {
        MasterSettings settings = MasterSettings.load(null);

        assertThat(settings.engine().worker().faults()).isEqualTo(FaultPlan.NONE);
        assertThat(settings.inProcess()).isFalse();
    }

    @Test
    void areWhatTheTestKitOrders() {
        TestKit kit = TestKit.inProcess()
                .crash(3)
                .exitOnce(5, 42)
                .hang(7)
                .outOfMemory(9)
                .failingStarts(2)
                .slowStart(Duration.ofSeconds(3));

        MasterSettings settings = MasterSettings.load(kit.toConfig());

        assertThat(settings.inProcess()).isTrue();
        FaultPlan faults = settings.engine().worker().faults();
        assertThat(faults.tasks())
                .containsExactly(
                        new TaskFault(3, Kind.CRASH, 0, false),
                        new TaskFault(5, Kind.EXIT, 42, true),
                        new TaskFault(7, Kind.HANG, 0, false),
                        new TaskFault(9, Kind.OUT_OF_MEMORY, 0, false));
        assertThat(faults.failingStarts()).isEqualTo(2);
        assertThat(faults.slowStartMillis()).isEqualTo(3000);
    }

    @Test
    void haveWorkersHoldOneTaskAtATimeSoThatNoOtherIsStruck() {
        assertThat(forWorkers(TestKit.faults().crash(3)).demand().maxTasks()).isEqualTo(1);
        assertThat(forWorkers(TestKit.inProcess().failingStarts(1)).demand().maxTasks())
                .isEqualTo(2048);
    }

    @Test
    void inProcessThereIsNoLimitOfTimeAndOfMemory() {
        MasterSettings settings = MasterSettings.load(
                ConfigFactory.parseString("""
                pipelinebox.task.timeout { queue = 1 s, soft = 1 s, hard = 1 s, stall = 1 s }
                pipelinebox.worker { init-timeout = 1 s, recycle.above-memory = 1 GiB, recycle.after-tasks = 10 }
                """).withFallback(TestKit.inProcess().toConfig()));

        assertThat(settings.engine().schedule().task())
                .isEqualTo(MasterSettings.load(null).engine().schedule().task());
        assertThat(settings.engine().pool().initTimeout()).isGreaterThan(Duration.ofDays(1));
        assertThat(settings.engine().worker().recycling())
                .isEqualTo(new RecycleLimits(10, Long.MAX_VALUE, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ kind = crash }",
                "{ task = 0, kind = crash }",
                "{ task = many, kind = crash }",
                "{ task = 1 }",
                "{ task = 1, kind = CRASH }",
                "{ task = 1, kind = explode }",
                "{ task = 1, kind = crash, once = perhaps }",
                "{ task = 1, kind = crash, code = 1 }",
                "{ task = 1, kind = exit }",
                "{ task = 1, kind = exit, code = 256 }",
                "{ task = 1, kind = hang, twice = true }"
            })
    void refuseAWrongEntryWithItsPositionItsValueAndWhatIsAllowed(String wrong) {
        String shown =
                ConfigFactory.parseString(wrong).root().render(com.typesafe.config.ConfigRenderOptions.concise());

        assertThatThrownBy(() -> load("faults", "[{ task = 1, kind = hang }, " + wrong + "]"))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("pipelinebox.test.faults[1] = " + shown + " is not allowed; give ")
                .hasMessageContaining("crash, exit, hang and out-of-memory");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "faults         | crash     | a list of sections such as { task = 3, kind = crash, once = true }",
                "in-process     | partly    | true or false",
                "failing-starts | -1        | from 0",
                "slow-start     | 0 s       | a duration over zero"
            })
    void refuseAWrongValueWithKeyValueAndWhatIsAllowed(String key, String value, String allowed) {
        assertThatThrownBy(() -> load(key, "\"" + value + "\""))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("pipelinebox.test." + key + " = \"" + value + "\"")
                .hasMessageContaining(allowed);
    }

    private static MasterSettings load(String key, String value) {
        return MasterSettings.load(ConfigFactory.parseString("pipelinebox.test." + key + " = " + value));
    }

    private static WorkerSettings forWorkers(TestKit kit) {
        return MasterSettings.load(kit.toConfig()).engine().worker();
    }
}
