package dev.pipelinebox.it;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.internal.os.Capability;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same on a system that has nothing but what every JVM has: no Unix domain sockets and none of the capabilities. */
class FailureOnOtherSystemsIT extends FailureIT {

    private static final String ALL =
            Stream.of(Capability.values()).map(Capability::name).collect(Collectors.joining(","));

    @BeforeAll
    static void doWithout() {
        System.setProperty(Capability.WITHOUT, ALL);
    }

    @AfterAll
    static void doWithAgain() {
        System.clearProperty(Capability.WITHOUT);
    }

    @Override
    Config link() {
        return ConfigFactory.parseString("""
                pipelinebox.link.unix-socket = false
                pipelinebox.worker.jvm-arguments = ["-D%s=%s"]
                """.formatted(Capability.WITHOUT, ALL));
    }
}
