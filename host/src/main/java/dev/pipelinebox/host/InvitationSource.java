package dev.pipelinebox.host;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the invitation is read from.
 *
 * @param file the file, or empty for standard input
 */
record InvitationSource(Optional<Path> file) {

    static final String STANDARD_INPUT = "-";

    static InvitationSource of(String text) {
        return new InvitationSource(text.equals(STANDARD_INPUT) ? Optional.empty() : Optional.of(Values.path(text)));
    }
}
