package dev.pipelinebox.host;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads a command line. It looks at no file and no network. */
final class CommandLine {

    private static final List<String> HELP_OPTIONS = List.of("--help", "-h");

    private CommandLine() {}

    /**
     * The command that the words ask for.
     *
     * @throws UsageException if they are none; its message names cause and remedy
     */
    static Command parse(List<String> words) {
        if (words.isEmpty()) {
            throw new UsageException("A command is missing. Begin with: " + Verb.PROGRAM + " help");
        }
        String first = words.get(0);
        if (HELP_OPTIONS.contains(first) || first.equals("help")) {
            return help(words.subList(1, words.size()));
        }
        if (first.equals("--version")) {
            return new Command.Version();
        }
        if (words.stream().takeWhile(word -> !word.equals("--")).anyMatch(HELP_OPTIONS::contains)) {
            return help(words.subList(0, 1));
        }
        Verb verb = verb(words);
        try {
            return read(verb, Arguments.of(verb, words.subList(verb.wordCount(), words.size())));
        } catch (UsageException wrong) {
            throw wrong.in(verb);
        }
    }

    private static Command help(List<String> words) {
        if (words.isEmpty()) {
            return new Command.Help(Optional.empty());
        }
        List<String> topics = verbs(Verb::topic);
        String topic = words.get(0);
        if (!topics.contains(topic)) {
            throw unknown("There is no help on \"" + topic + "\".", topic, topics);
        }
        return new Command.Help(Optional.of(topic));
    }

    private static Verb verb(List<String> words) {
        for (Verb verb : Verb.values()) {
            if (String.join(" ", words.subList(0, Math.min(words.size(), verb.wordCount())))
                    .equals(verb.words())) {
                return verb;
            }
        }
        String first = words.get(0);
        List<String> seconds = verbs(Verb::words).stream()
                .filter(known -> known.startsWith(first + " "))
                .toList();
        if (seconds.isEmpty()) {
            throw unknown("There is no command \"" + first + "\".", first, verbs(Verb::firstWord));
        }
        String given = String.join(" ", words.subList(0, Math.min(words.size(), 2)));
        throw unknown("There is no command \"" + given + "\".", given, seconds);
    }

    private static List<String> verbs(Function<Verb, String> part) {
        return Stream.of(Verb.values()).map(part).distinct().toList();
    }

    private static UsageException unknown(String cause, String word, List<String> known) {
        return new UsageException(cause + " "
                + Spelling.nearest(word, known)
                        .map(meant -> "Do you mean " + meant + "?")
                        .orElseGet(() -> "There are: " + String.join(", ", known) + "."));
    }

    private static Command read(Verb verb, Arguments arguments) {
        return switch (verb) {
            case JOIN -> join(arguments);
            case KEYS_CREATE -> {
                List<String> operands = operands(arguments, "DIR");
                yield new Command.KeysCreate(Values.path(operands.get(0)), address(arguments));
            }
            case KEYS_INVITE -> {
                List<String> operands = operands(arguments, "DIR", "NAME", "FILE");
                yield new Command.KeysInvite(
                        Values.path(operands.get(0)),
                        Values.name(operands.get(1)),
                        Values.path(operands.get(2)),
                        address(arguments),
                        life(arguments));
            }
            case KEYS_REVOKE -> {
                List<String> operands = operands(arguments, "DIR", "SERIAL");
                yield new Command.KeysRevoke(Values.path(operands.get(0)), Values.name(operands.get(1)));
            }
        };
    }

    private static Command join(Arguments arguments) {
        return new Command.Join(
                onlyMaster(arguments),
                invitation(arguments),
                arguments.one(Option.NAME, Values::name),
                address(arguments),
                arguments.one(Option.BIND, HostPort::toBind),
                entries(arguments, Option.LABEL, Values::label),
                entries(arguments, Option.RESOURCE, Values::resource),
                arguments
                        .one(Option.PROCESSORS, text -> OptionalInt.of(Values.count(Option.PROCESSORS, text)))
                        .orElse(OptionalInt.empty()),
                size(arguments, Option.MEMORY),
                arguments.all(Option.JAVA).stream().map(Values::path).toList(),
                arguments.one(Option.CACHE, Values::path),
                size(arguments, Option.CACHE_SIZE),
                arguments.has(Option.WAIT),
                arguments.has(Option.ONCE));
    }

    private static InvitationSource invitation(Arguments arguments) {
        return InvitationSource.of(arguments.required(Option.INVITATION));
    }

    private static Optional<HostPort> address(Arguments arguments) {
        return arguments.one(Option.ADDRESS, HostPort::of);
    }

    private static Optional<Duration> life(Arguments arguments) {
        return arguments.one(Option.LIFE, text -> Values.time(Option.LIFE, text));
    }

    private static OptionalLong size(Arguments arguments, Option option) {
        return arguments
                .one(option, text -> OptionalLong.of(Values.size(option, text)))
                .orElse(OptionalLong.empty());
    }

    private static Optional<HostPort> onlyMaster(Arguments arguments) {
        return arguments.operands().isEmpty()
                ? Optional.empty()
                : Optional.of(HostPort.of(operands(arguments, "HOST:PORT").get(0)));
    }

    private static <T> Map<String, T> entries(
            Arguments arguments, Option option, Function<String, Map.Entry<String, T>> reader) {
        Map<String, T> entries = new LinkedHashMap<>();
        for (String text : arguments.all(option)) {
            Map.Entry<String, T> entry = reader.apply(text);
            if (entries.putIfAbsent(entry.getKey(), entry.getValue()) != null) {
                throw new UsageException(option.word() + " " + entry.getKey() + " is given twice. Remove one.");
            }
        }
        return entries;
    }

    /** The operands, exactly one for each name. */
    private static List<String> operands(Arguments arguments, String... names) {
        List<String> operands = arguments.operands();
        if (operands.size() < names.length) {
            throw new UsageException(names[operands.size()] + " is missing. Add it.");
        }
        if (operands.size() > names.length) {
            throw new UsageException("\"" + operands.get(names.length)
                    + "\" is one argument too many. Remove it, or put a" + " value with spaces in quotes.");
        }
        return operands;
    }
}
