package dev.pipelinebox.host;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a command line can ask for: its words, what follows them, and the options that it has. */
enum Verb {
    JOIN(
            "join",
            "[HOST:PORT] --invitation FILE|-",
            Option.INVITATION,
            Option.NAME,
            Option.ADDRESS,
            Option.BIND,
            Option.LABEL,
            Option.RESOURCE,
            Option.PROCESSORS,
            Option.MEMORY,
            Option.JAVA,
            Option.CACHE,
            Option.CACHE_SIZE,
            Option.WAIT,
            Option.ONCE),
    KEYS_CREATE("keys create", "DIR", Option.ADDRESS),
    KEYS_INVITE("keys invite", "DIR NAME FILE", Option.ADDRESS, Option.LIFE),
    KEYS_REVOKE("keys revoke", "DIR SERIAL");

    static final String PROGRAM = "java -jar pipelinebox-host.jar";
    static final String USAGE = PROGRAM + " join|keys create|keys invite|keys revoke|help ...";

    private final String words;
    private final String operands;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Option> options;

    Verb(String words, String operands, Option... options) {
        this.words = words;
        this.operands = operands;
        this.options = List.of(options);
    }

    /** As they are typed, with one space between two. */
    String words() {
        return words;
    }

    /** The page of help that it is on. */
    String topic() {
        return firstWord();
    }

    String firstWord() {
        return words.split(" ", 2)[0];
    }

    int wordCount() {
        return words.split(" ", -1).length;
    }

    List<Option> options() {
        return options;
    }

    String usage() {
        return Stream.concat(
                        Stream.of(PROGRAM, words, operands),
                        options.stream()
                                .filter(option -> !operands.contains(option.word()))
                                .map(Option::optionalForm))
                .collect(Collectors.joining(" "));
    }
}
