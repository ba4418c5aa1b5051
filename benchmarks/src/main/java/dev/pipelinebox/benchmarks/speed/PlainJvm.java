package dev.pipelinebox.benchmarks.speed;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;

/** Settings that undo what the library does for the start of its workers' JVMs. */
final class PlainJvm {

    private PlainJvm() {}

    /**
     * No archive, and the flags that a JVM chooses by itself; this one is taken to be such a JVM. The other flags that the
     * library gives do nothing to the speed.
     */
    static String settings() {
        HotSpotDiagnosticMXBean flags = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        String collector = Stream.of("UseG1GC", "UseParallelGC", "UseSerialGC")
                .filter(flag -> Boolean.parseBoolean(flags.getVMOption(flag).getValue()))
                .findFirst()
                .orElse("UseG1GC");
        return "pipelinebox.worker { class-data-archive.enabled = false, processors = "
                + Runtime.getRuntime().availableProcessors()
                + ", jvm-arguments = [\"-XX:+" + collector
                + "\", \"-XX:MaxRAMPercentage=25\", \"-XX:CompileThresholdScaling=1\"] }";
    }
}
