package dev.pipelinebox.internal.launch.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/**
 * A blob that is being written by this process.
 *
 * @param part its file, which is locked
 * @param channel to it
 */
record OpenPart(PartialFile part, FileChannel channel) {

    /** Creates the file, if it is not there. */
    static OpenPart of(PartialFile part) throws IOException {
        FileChannel channel = FileChannel.open(
                part.path(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileOwner.lock(channel, part.path());
        return new OpenPart(part, channel);
    }

    /** Removes it, before another process can lock it. */
    void discard() {
        try (channel) {
            Files.deleteIfExists(part.path());
        } catch (IOException stays) {
            BlobStore.log().debug("{} stays until this process ends", part.path(), stays);
        }
    }
}
