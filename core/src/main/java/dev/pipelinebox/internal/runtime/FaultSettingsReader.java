package dev.pipelinebox.internal.runtime;

import com.typesafe.config.Config;
import dev.pipelinebox.internal.bootstrap.FaultPlan;
import dev.pipelinebox.internal.bootstrap.FaultPlan.Kind;
import dev.pipelinebox.internal.bootstrap.FaultPlan.TaskFault;
import dev.pipelinebox.internal.config.ConfigReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** What is to go wrong on purpose, read from {@code pipelinebox.test}. */
final class FaultSettingsReader {

    private static final String ALLOWED = "sections such as { task = 3, kind = crash, once = true }: task is a number"
            + " from 1, kind one of crash, exit, hang and out-of-memory, once true or false (the default), and for exit"
            + " there is a code from 0 to 255";

    private static final Set<String> KEYS = Set.of("task", "kind", "once", "code");
    private static final int GREATEST_CODE = 255;

    private FaultSettingsReader() {}

    static FaultPlan read(ConfigReader config) {
        return new FaultPlan(
                config.entries("test.faults", ALLOWED, FaultSettingsReader::fault),
                config.integer("test.failing-starts", 0, Integer.MAX_VALUE),
                config.optionalDuration("test.slow-start")
                        .map(Duration::toMillis)
                        .orElse(0L));
    }

    private static TaskFault fault(Config entry) {
        Kind kind = kind(entry.getString("kind"));
        long task = entry.getLong("task");
        int code = kind == Kind.EXIT ? entry.getInt("code") : 0;
        boolean once = entry.hasPath("once") && entry.getBoolean("once");
        boolean known = KEYS.containsAll(entry.root().keySet()) && (kind == Kind.EXIT || !entry.hasPath("code"));
        if (!known || task < 1 || code < 0 || code > GREATEST_CODE) {
            throw new IllegalArgumentException();
        }
        return new TaskFault(task, kind, code, once);
    }

    private static Kind kind(String name) {
        return Arrays.stream(Kind.values())
                .filter(kind ->
                        kind.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }
}
