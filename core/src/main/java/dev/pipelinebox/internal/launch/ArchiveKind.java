package dev.pipelinebox.internal.launch;

/** The forms in which a JVM keeps loaded classes in a file. */
public enum ArchiveKind {
    /** The classes as they were loaded: a dynamic archive, JEP 350. */
    CLASSES("-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile="),

    /** The classes linked, with what is known of their methods: an ahead-of-time cache, JEP 514. */
    LINKED_CLASSES("-XX:AOTCacheOutput=", "-XX:AOTCache=");

    private final String makes;
    private final String uses;

    ArchiveKind(String makes, String uses) {
        this.makes = makes;
        this.uses = uses;
    }

    /** How a JVM is told to write at its end the classes that it has loaded; the file follows. */
    public String makes() {
        return makes;
    }

    /** How a JVM is told to use what was written; the file follows. */
    public String uses() {
        return uses;
    }
}
