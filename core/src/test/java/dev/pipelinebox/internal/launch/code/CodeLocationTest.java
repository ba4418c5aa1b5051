package dev.pipelinebox.internal.launch.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses as class loaders give them. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class CodeLocationTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file:/a/b.jar | /a/b.jar | ''",
                "file:/a/classes/ | /a/classes | ''",
                "file:/a%20b/c%23d.jar | /a b/c#d.jar | ''",
                "jar:file:/a/b.jar!/ | /a/b.jar | ''",
                "jar:nested:/a/app.jar/!BOOT-INF/lib/x-1.jar!/ | /a/app.jar | BOOT-INF/lib/x-1.jar",
                "jar:nested:/a/app.jar/!BOOT-INF/classes/!/ | /a/app.jar | BOOT-INF/classes/",
                "jar:nested:/a%20b/app%21.jar/!BOOT-INF/lib/x.jar!/ | /a b/app!.jar | BOOT-INF/lib/x.jar",
                "jar:file:/a/app.jar!/BOOT-INF/lib/x-1.jar!/ | /a/app.jar | BOOT-INF/lib/x-1.jar",
                "jar:file:/a/app.jar!/BOOT-INF/classes!/ | /a/app.jar | BOOT-INF/classes/",
                "jar:file:/a/app.jar!/BOOT-INF/classes/ | /a/app.jar | BOOT-INF/classes/",
                "jar:war:file:/a/app.war*/WEB-INF/lib/x.jar!/ | /a/app.war | WEB-INF/lib/x.jar",
                "jar:war:file:/a/app.war^/WEB-INF/lib/x.jar!/ | /a/app.war | WEB-INF/lib/x.jar",
                "war:file:/a/app.war*/WEB-INF/lib/x.jar | /a/app.war | WEB-INF/lib/x.jar",
                "war:file:/a/app.war*/WEB-INF/classes/ | /a/app.war | WEB-INF/classes/",
            })
    void isTheFileAndThePartOfIt(String url, String file, String entry) throws Exception {
        assertThat(CodeLocation.of(url(url))).contains(new CodeLocation(Path.of(file), entry));
    }

    @Test
    void isNothingForWhatIsNoFile() throws Exception {
        assertThat(CodeLocation.of(url("http://127.0.0.1/x.jar"))).isEmpty();
        assertThat(CodeLocation.of(url("jar:http://127.0.0.1/x.jar!/"))).isEmpty();
        assertThat(CodeLocation.of(url("memory:///Program"))).isEmpty();
    }

    /** Other schemes have handlers in programs that use them only. */
    private static URL url(String text) throws MalformedURLException {
        return new URL(null, text, new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) {
                throw new UnsupportedOperationException();
            }

            @Override
            protected void parseURL(URL url, String spec, int start, int limit) {
                setURL(url, url.getProtocol(), "", -1, null, null, spec.substring(start), null, null);
            }

            @Override
            protected String toExternalForm(URL url) {
                return url.getProtocol() + ":" + url.getFile();
            }
        });
    }
}
