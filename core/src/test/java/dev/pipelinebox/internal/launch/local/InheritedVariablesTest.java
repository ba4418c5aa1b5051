package dev.pipelinebox.internal.launch.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InheritedVariablesTest {

    @Test
    void haveNoAgentsAndPorts() {
        assertThat(restricted(
                        "JAVA_TOOL_OPTIONS",
                        "-Da=1 -agentlib:jdwp=server=y,address=5005 -javaagent:/opt/agent.jar=x -Xrunhprof"
                                + " -Dcom.sun.management.jmxremote.port=9010 -Duser.timezone=UTC"))
                .containsOnly(Map.entry("JAVA_TOOL_OPTIONS", "-Da=1 -Duser.timezone=UTC"));
    }

    @Test
    void keepWhatIsQuotedTogether() {
        assertThat(restricted("JDK_JAVA_OPTIONS", "-Da='1 2' \"-javaagent:/my agents/a.jar\" -Db=\"-javaagent:x y\""))
                .containsOnly(Map.entry("JDK_JAVA_OPTIONS", "-Da='1 2' -Db=\"-javaagent:x y\""));
    }

    @Test
    void areNotSetWhereNothingIsLeft() {
        assertThat(restricted("_JAVA_OPTIONS", "-javaagent:a.jar")).isEmpty();
    }

    @Test
    void ofOtherNamesStayAsTheyAre() {
        assertThat(restricted("MY_OPTIONS", "-javaagent:a.jar  x"))
                .containsOnly(Map.entry("MY_OPTIONS", "-javaagent:a.jar  x"));
    }

    private static Map<String, String> restricted(String name, String value) {
        Map<String, String> environment = new HashMap<>(Map.of(name, value));
        InheritedVariables.restrict(environment);
        return environment;
    }
}
