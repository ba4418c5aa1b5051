package dev.pipelinebox.internal.launch.code.manifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * A manifest with the files of this machine that it was made of. Thread-safe.
 *
 * @param manifest what there is
 * @param files by digest; not written again, unless the user does
 */
public record LocalCode(CodeManifest manifest, Map<String, SeenFile> files) {

    public LocalCode {
        files = Map.copyOf(files);
    }

    /**
     * Reads a piece.
     *
     * @param sha256 the digest of the entry
     * @param offset where the piece begins
     * @param most how many bytes it may have; it has fewer at the end of the file
     * @throws IOException if the manifest has no such entry, or its file cannot be read or is not as it was
     */
    public byte[] read(String sha256, long offset, int most) throws IOException {
        SeenFile file = files.get(sha256);
        if (file == null) {
            throw new IOException("no entry of the class path has the digest " + sha256);
        }
        ByteBuffer piece = ByteBuffer.allocate((int) Math.max(0, Math.min(most, file.size() - offset)));
        try (FileChannel channel = FileChannel.open(file.path())) {
            int read = 0;
            while (piece.hasRemaining() && read >= 0) {
                read = channel.read(piece, offset + piece.position());
            }
        }
        requireUnchanged(file);
        return Arrays.copyOf(piece.array(), piece.position());
    }

    private static void requireUnchanged(SeenFile file) throws IOException {
        Path path = file.path();
        if (!SeenFile.of(path).equals(file)) {
            throw new IOException(
                    path + " has changed since the program started, and other machines have only a part of"
                            + " what it was; start the program again");
        }
    }
}
