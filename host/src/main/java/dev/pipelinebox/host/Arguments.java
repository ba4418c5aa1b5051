package dev.pipelinebox.host;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What follows the words of a command: operands, and values by option. */
final class Arguments {

    private static final String END_OF_OPTIONS = "--";

    private final List<String> operands = new ArrayList<>();
    private final Map<Option, List<String>> values = new EnumMap<>(Option.class);

    /**
     * Tells options and operands apart.
     *
     * @throws UsageException if an option is unknown, given twice, or lacks its value
     */
    static Arguments of(Verb verb, List<String> words) {
        Arguments arguments = new Arguments();
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            if (word.equals(END_OF_OPTIONS)) {
                rest.forEachRemaining(arguments.operands::add);
            } else if (word.startsWith("-") && word.length() > 1) {
                arguments.addOption(verb, word, rest);
            } else {
                arguments.operands.add(word);
            }
        }
        return arguments;
    }

    private void addOption(Verb verb, String word, Iterator<String> rest) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Option option = Option.named(name).filter(verb.options()::contains).orElseThrow(() -> unknown(verb, name));
        List<String> given = values.computeIfAbsent(option, none -> new ArrayList<>());
        if (!given.isEmpty() && !option.isRepeatable()) {
            throw new UsageException(name + " is given twice. Remove one.");
        }
        if (!option.hasValue()) {
            if (equals >= 0) {
                throw new UsageException(name + " takes no value. Write " + name + " alone.");
            }
            given.add(name);
        } else if (equals >= 0) {
            given.add(word.substring(equals + 1));
        } else {
            given.add(next(option, rest));
        }
    }

    private static String next(Option option, Iterator<String> rest) {
        String value = rest.hasNext() ? rest.next() : END_OF_OPTIONS;
        if (value.startsWith(END_OF_OPTIONS)) {
            throw new UsageException("The value of " + option.word() + " is missing. Write " + option.form() + ".");
        }
        return value;
    }

    private static UsageException unknown(Verb verb, String name) {
        Optional<Verb> other = Stream.of(Verb.values())
                .filter(each ->
                        each.options().stream().anyMatch(option -> option.word().equals(name)))
                .findFirst();
        if (other.isPresent()) {
            return new UsageException(
                    name + " is an option of " + other.get().words() + ", not of " + verb.words() + ". Remove it.");
        }
        List<String> known = verb.options().stream().map(Option::word).toList();
        return new UsageException("There is no option " + name + ". "
                + Spelling.nearest(name, known)
                        .map(meant -> "Do you mean " + meant + "?")
                        .orElse("See: " + Verb.PROGRAM + " help " + verb.topic()));
    }

    List<String> operands() {
        return Collections.unmodifiableList(operands);
    }

    boolean has(Option option) {
        return values.containsKey(option);
    }

    List<String> all(Option option) {
        return values.getOrDefault(option, List.of());
    }

    <T> Optional<T> one(Option option, Function<String, T> reader) {
        return all(option).stream().findFirst().map(reader);
    }

    /** The value of an option that the command cannot do without. */
    String required(Option option) {
        return all(option).stream()
                .findFirst()
                .orElseThrow(() -> new UsageException(option.word() + " is missing. Add " + option.form() + "."));
    }
}
