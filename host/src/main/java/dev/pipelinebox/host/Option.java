package dev.pipelinebox.host;

import java.util.Optional;
import java.util.stream.Stream;

/** An option of the command line. Which command has which: {@link Verb}. */
enum Option {
    INVITATION("--invitation", "FILE|-", Count.ONE),
    NAME("--name", "NAME", Count.ONE),
    ADDRESS("--address", "HOST[:PORT]", Count.ONE),
    BIND("--bind", "ADDRESS[:PORT]", Count.ONE),
    LABEL("--label", "KEY=VALUE", Count.MANY),
    RESOURCE("--resource", "NAME=NUMBER", Count.MANY),
    PROCESSORS("--processors", "NUMBER", Count.ONE),
    MEMORY("--memory", "SIZE", Count.ONE),
    JAVA("--java", "DIR", Count.MANY),
    CACHE("--cache", "DIR", Count.ONE),
    CACHE_SIZE("--cache-size", "SIZE", Count.ONE),
    WAIT("--wait", "", Count.ONE),
    ONCE("--once", "", Count.ONE),
    LIFE("--life", "TIME", Count.ONE);

    /** How often an option may be given. */
    private enum Count {
        ONE,
        MANY
    }

    private final String word;
    private final String value;
    private final Count count;

    Option(String word, String value, Count count) {
        this.word = word;
        this.value = value;
        this.count = count;
    }

    static Optional<Option> named(String word) {
        return Stream.of(values()).filter(option -> option.word.equals(word)).findFirst();
    }

    /** As it is written. */
    String word() {
        return word;
    }

    boolean hasValue() {
        return !value.isEmpty();
    }

    boolean isRepeatable() {
        return count == Count.MANY;
    }

    /** As it is written with what stands for its value. */
    String form() {
        return hasValue() ? word + " " + value : word;
    }

    /** As it is in a line of usage. */
    String optionalForm() {
        return "[" + form() + "]" + (isRepeatable() ? "..." : "");
    }
}
