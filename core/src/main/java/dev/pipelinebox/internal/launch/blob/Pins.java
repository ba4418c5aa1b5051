package dev.pipelinebox.internal.launch.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Which blobs are in use. For each pin there is a file with digests, and one that its process has locked; a file that is
 * locked cannot be read by its own process without ending the lock. To be used under the lock of the store.
 *
 * @param directory of the files
 */
record Pins(Path directory) {

    private static final String LOCK = ".lock";
    private static final String LIST = ".list";

    BlobPin pin(Collection<String> digests) throws IOException {
        String name = FileOwner.MINE + "." + UUID.randomUUID();
        Path list = Files.write(directory.resolve(name + LIST), digests);
        Path file = directory.resolve(name + LOCK);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        FileOwner.lock(channel, file);
        return new BlobPin(file, list, channel);
    }

    /** The digests of all that are pinned. Removes the pins of processes that have ended. */
    Set<String> digests() throws IOException {
        Set<String> digests = new HashSet<>();
        for (Path list : BlobFiles.list(directory)) {
            String name = list.getFileName().toString();
            if (name.endsWith(LIST)) {
                Path file = directory.resolve(name.substring(0, name.length() - LIST.length()) + LOCK);
                if (FileOwner.isInUse(file, name.substring(0, name.indexOf('.')))) {
                    digests.addAll(read(list));
                } else {
                    Files.deleteIfExists(file);
                    Files.deleteIfExists(list);
                }
            }
        }
        return digests;
    }

    private static Collection<String> read(Path list) throws IOException {
        try {
            return Files.readAllLines(list);
        } catch (NoSuchFileException closedJustNow) {
            return Set.of();
        }
    }
}
