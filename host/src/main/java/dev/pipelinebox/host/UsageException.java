package dev.pipelinebox.host;

/** The command line is wrong. The message names cause and remedy. */
final class UsageException extends RuntimeException {

    /** The usage of the command that was meant, or of the program. */
    private final String usage;

    UsageException(String message) {
        this(message, Verb.USAGE);
    }

    private UsageException(String message, String usage) {
        super(message);
        this.usage = usage;
    }

    /** The same fault, with the usage of the command that it is in. */
    UsageException in(Verb verb) {
        return new UsageException(String.valueOf(getMessage()), verb.usage());
    }

    String usage() {
        return usage;
    }
}
