package dev.pipelinebox.host;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of options as text. Each method throws a {@link UsageException} that names cause and remedy. */
final class Values {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,3})?)([kmgt])(?:i?b)?");
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})([smhdw])");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern LABEL_VALUE = Pattern.compile("[^\\p{Cntrl}]{1,255}");
    private static final String NAME_RULE =
            "Use at most 63 letters, digits, dots, hyphens and underscores, and begin with a letter or a digit.";
    private static final Map<String, Duration> TIME_UNITS = Map.of(
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1),
            "w", Duration.ofDays(7));

    private Values() {}

    /** Bytes. */
    static long size(Option option, String text) {
        Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            throw wrong(option, text, "Write a number and a unit (k, m, g or t), such as 16g.");
        }
        int power = "kmgt".indexOf(size.group(2)) + 1;
        BigDecimal bytes = new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(1L << (10 * power)));
        if (bytes.compareTo(BigDecimal.ONE) < 0 || bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw wrong(option, text, "Write a size above 0 and below 8 million terabytes.");
        }
        return bytes.longValue();
    }

    static Duration time(Option option, String text) {
        Matcher time = TIME.matcher(text.toLowerCase(Locale.ROOT));
        if (!time.matches()) {
            throw wrong(option, text, "Write a whole number and a unit (s, m, h, d or w), such as 7d.");
        }
        Duration length =
                TIME_UNITS.getOrDefault(time.group(2), Duration.ZERO).multipliedBy(Long.parseLong(time.group(1)));
        if (length.isZero()) {
            throw wrong(option, text, "Write a time above 0.");
        }
        return length;
    }

    /** At least 1. */
    static int count(Option option, String text) {
        if (!text.matches("0*[1-9]\\d{0,5}")) {
            throw wrong(option, text, "Write a whole number from 1 to 999999.");
        }
        return Integer.parseInt(text);
    }

    static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new UsageException("\"" + text + "\" cannot be the name of a host. " + NAME_RULE);
        }
        return text;
    }

    static Map.Entry<String, String> label(String text) {
        Map.Entry<String, String> label = entry(Option.LABEL, text);
        if (!LABEL_VALUE.matcher(label.getValue()).matches()) {
            throw wrong(Option.LABEL, text, "Write 1 to 255 characters after the equals sign.");
        }
        return label;
    }

    static Map.Entry<String, Integer> resource(String text) {
        Map.Entry<String, String> resource = entry(Option.RESOURCE, text);
        return Map.entry(resource.getKey(), count(Option.RESOURCE, resource.getValue()));
    }

    private static Map.Entry<String, String> entry(Option option, String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw wrong(option, text, "Write a name, an equals sign and a value: " + option.form() + ".");
        }
        String key = text.substring(0, equals);
        if (!NAME.matcher(key).matches()) {
            throw wrong(option, text, NAME_RULE);
        }
        return Map.entry(key, text.substring(equals + 1));
    }

    static Path path(String text) {
        try {
            if (!text.isEmpty()) {
                return Path.of(text);
            }
        } catch (InvalidPathException malformed) {
            throw new UsageException(
                    "\"" + text + "\" is not a path: " + malformed.getReason() + ". Write another one.");
        }
        throw new UsageException("A path is empty. Write the path of a file or a directory.");
    }

    private static UsageException wrong(Option option, String text, String remedy) {
        return new UsageException(option.word() + " " + text + " is not understood. " + remedy);
    }
}
