package dev.pipelinebox.internal.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueType;
import dev.pipelinebox.api.InvalidConfigException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads keys under {@code pipelinebox}; what is wrong with one is said with key, value and what is allowed.
 *
 * @param config the merged configuration
 * @param reference the defaults, which hold every key that there is
 */
public record ConfigReader(Config config, Config reference) {

    /** The section of the configuration that is the library's. */
    public static final String ROOT = "pipelinebox";

    /**
     * What others read and check: Akka its own settings, and the Spring Boot starter its properties, which may be system
     * properties or stand in an {@code application.properties}, where the library looks, too.
     */
    private static final Set<String> FREE_SECTIONS = Set.of("akka", "config", "masters");

    private static final Pattern ELEMENT = Pattern.compile("\\.\\d+(\\..*)?$");

    /** Akka's timers reach no further than some 248 days. */
    public static final Duration LONGEST = Duration.ofDays(100);

    public void checkKeys() {
        Set<String> known = keys(reference);
        for (String key : keys(config)) {
            String section = key.split("\\.", 2)[0];
            if (!FREE_SECTIONS.contains(section) && !known.contains(key) && !isInList(key)) {
                throw new InvalidConfigException("Unknown key " + full(key) + " = " + shown(key) + "; "
                        + "the known keys are "
                        + known.stream().map(ConfigReader::full).collect(Collectors.joining(", ")));
            }
        }
    }

    /** Such as {@code worker.jvm-arguments.0}: so a system property can name one element of a list. */
    private boolean isInList(String key) {
        String list = full(ELEMENT.matcher(key).replaceFirst(""));
        return reference.hasPath(list) && reference.getValue(list).valueType() == ConfigValueType.LIST;
    }

    public int integer(String key, int least, int most) {
        return read(key, "a whole number from " + least + " to " + most, config -> {
            int value = config.getInt(full(key));
            if (value < least || value > most) {
                throw new IllegalArgumentException();
            }
            return value;
        });
    }

    public long bytes(String key, long least, long most) {
        return read(key, "a size such as 16 MiB, from " + least + " to " + most + " bytes", config -> {
            long value = config.getBytes(full(key));
            if (value < least || value > most) {
                throw new IllegalArgumentException();
            }
            return value;
        });
    }

    public Optional<Long> optionalBytes(String key, long least, long most) {
        return isEmptyText(key) ? Optional.empty() : Optional.of(bytes(key, least, most));
    }

    /** Empty for 0 as for "". */
    public Optional<Integer> optionalInteger(String key, int most) {
        return isEmptyText(key)
                ? Optional.empty()
                : Optional.of(integer(key, 0, most)).filter(value -> value > 0);
    }

    public Duration duration(String key) {
        return read(key, "a duration over zero such as 500 ms or 2 s, up to 100 days", config -> {
            Duration value = config.getDuration(full(key));
            if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException();
            }
            return value;
        });
    }

    public Optional<Duration> optionalDuration(String key) {
        return isEmptyText(key) ? Optional.empty() : Optional.of(duration(key));
    }

    public boolean bool(String key) {
        return read(key, "true or false", config -> config.getBoolean(full(key)));
    }

    /** One of an enum's names, in lower case and with hyphens. */
    public <E extends Enum<E>> E choice(String key, Class<E> type) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        return read(key, "one of " + String.join(", ", names), config -> {
            int index = names.indexOf(config.getString(full(key)));
            if (index < 0) {
                throw new IllegalArgumentException();
            }
            return type.getEnumConstants()[index];
        });
    }

    public List<String> strings(String key) {
        return read(key, "a list of strings such as [\"-Xss4m\"]", config -> config.getStringList(full(key)));
    }

    /** Each entry of a list of sections; the one that is wrong is named. */
    public <T> List<T> entries(String key, String allowed, Function<Config, T> how) {
        List<? extends Config> entries = read(key, "a list of " + allowed, config -> config.getConfigList(full(key)));
        List<T> read = new ArrayList<>();
        for (Config entry : entries) {
            try {
                read.add(how.apply(entry));
            } catch (ConfigException | IllegalArgumentException wrong) {
                throw new InvalidConfigException(
                        full(key) + "[" + read.size() + "] = "
                                + entry.root().render(ConfigRenderOptions.concise()) + " is not allowed; give "
                                + allowed,
                        wrong);
            }
        }
        return read;
    }

    public Optional<Path> path(String key) {
        return read(
                key,
                "a path, or \"\" for the default",
                config -> Optional.of(config.getString(full(key)))
                        .filter(text -> !text.isEmpty())
                        .map(Path::of));
    }

    public Config section(String key) {
        return config.getConfig(full(key));
    }

    private <T> T read(String key, String allowed, Function<Config, T> how) {
        try {
            return how.apply(config);
        } catch (ConfigException | IllegalArgumentException wrong) {
            throw new InvalidConfigException(
                    full(key) + " = " + shown(key) + " is not allowed; give " + allowed, wrong);
        }
    }

    private boolean isEmptyText(String key) {
        return !config.getIsNull(full(key))
                && config.getValue(full(key)).unwrapped().equals("");
    }

    private String shown(String key) {
        return config.getIsNull(full(key)) ? "null" : config.getValue(full(key)).render(ConfigRenderOptions.concise());
    }

    private static String full(String key) {
        return ROOT + "." + key;
    }

    private static Set<String> keys(Config config) {
        return config.getConfig(ROOT).entrySet().stream()
                .map(java.util.Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
