package dev.pipelinebox.internal.launch.code;

import java.time.LocalDateTime;
import java.util.zip.ZipEntry;

/** Makes the entries of jars that are packed here. The same classes make the same bytes. */
public final class StoredEntry {

    /** The first that jars can tell stands for all before it, and then a second time is written, of the caller's time zone. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private StoredEntry() {}

    /**
     * Not compressed: whatever compresses, equal classes are equal bytes.
     *
     * @param name with a slash at its end for a folder
     * @param size in bytes
     * @param checksum the CRC-32 of the content
     */
    public static ZipEntry of(String name, long size, long checksum) {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(size);
        entry.setCrc(checksum);
        entry.setTimeLocal(TIME);
        return entry;
    }
}
