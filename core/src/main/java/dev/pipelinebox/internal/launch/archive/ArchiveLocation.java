package dev.pipelinebox.internal.launch.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Where one class-data archive is kept: it is found there, and a new one gets there in one step. */
interface ArchiveLocation {

    /** The archive, if there is one that can be used. The call counts as its use. */
    Optional<Path> find();

    /** The exclusive right to make the archive; empty while another program makes it. */
    Optional<ArchiveLock> tryLock() throws IOException;

    /** The file for a new one. */
    Path unfinished() throws IOException;

    /** Puts what has been made where {@link #find} looks. */
    void keep(Path made) throws IOException;
}
