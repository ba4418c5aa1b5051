package dev.pipelinebox.examples.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiUseTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    java/lang/SecurityManager                         | java.lang.SecurityManager
                    java/security/Policy$Parameters                   | java.security.Policy$Parameters
                    javax/naming/Context.APPLET                       | javax.naming.Context.APPLET
                    java/lang/Thread.stop()V                          | java.lang.Thread.stop()
                    java/lang/Integer.<init>(I)V                      | java.lang.Integer(int)
                    a/B.c([[Ljava/util/Map$Entry;JLjava/lang/Object;)J | a.B.c(Map$Entry[][], long, Object)
                    """)
    void writesTheApiAsAProgrammerDoes(String api, String readable) {
        assertThat(use(api).readableApi()).isEqualTo(readable);
    }

    @Test
    void sortsByUserThenApi() {
        assertThat(use("b")).isGreaterThan(use("a")).isEqualByComparingTo(use("b"));
    }

    private static ApiUse use(String api) {
        return new ApiUse("sample/Main", ApiUse.Kind.CLASS, api, "17");
    }
}
