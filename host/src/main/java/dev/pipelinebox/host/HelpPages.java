package dev.pipelinebox.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The pages of help and the version, which are files of the jar. */
final class HelpPages {

    private HelpPages() {}

    /** A page; without a topic, the overview. */
    static String page(Optional<String> topic) {
        return read("help/" + topic.orElse("overview") + ".txt");
    }

    static String version() {
        return "pipelinebox-host " + read("version.txt").strip() + " (Java " + Runtime.version() + ")\n";
    }

    private static String read(String name) {
        try (InputStream file = HelpPages.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is not in the jar. Build it anew.");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
