package dev.pipelinebox.internal.cluster;

import akka.Version;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import dev.pipelinebox.internal.bootstrap.BinaryTree;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The defaults of the library and of the private actor systems, as they were read from all {@code reference.conf} when the
 * library was built. Reading these, some 250 KB of text, would take a tenth of a start, in the caller and in each worker.
 */
public final class BuiltInDefaults {

    private static final String LIBRARY = "pipelinebox";
    private static final String AKKA = "akka";

    private BuiltInDefaults() {}

    /**
     * The library's own section of {@code reference.conf}.
     *
     * @return the defaults, with {@code pipelinebox} as the only root
     */
    public static Config library() {
        return section(LIBRARY)
                .orElseGet(() -> ConfigFactory.parseResources(BuiltInDefaults.class.getClassLoader(), "reference.conf")
                        .withOnlyPath(LIBRARY));
    }

    /** Those of a system in a private cluster; empty if they are of another Akka than the one on the class path. */
    static Optional<Config> privateSystem() {
        return section(AKKA).filter(config -> config.getString("akka.version").equals(Version.current()));
    }

    /**
     * Writes them; called by the build.
     *
     * @param arguments the directory that classes are compiled to
     * @throws IOException if it cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        Path directory =
                Path.of(arguments[0], BuiltInDefaults.class.getPackageName().replace('.', '/'));
        Config library = ConfigFactory.parseResources(BuiltInDefaults.class.getClassLoader(), "reference.conf");
        write(library, LIBRARY, directory);
        write(ActorSystemSettings.privateDefaults(), AKKA, directory);
    }

    private static void write(Config config, String name, Path directory) throws IOException {
        Path file = directory.resolve(file(name));
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            BinaryTree.write(config.getObject(name).unwrapped(), out);
        }
    }

    private static Optional<Config> section(String name) {
        try (InputStream file = BuiltInDefaults.class.getResourceAsStream(file(name))) {
            if (file == null) {
                return Optional.empty();
            }
            Map<String, ?> values = BinaryTree.read(new DataInputStream(new BufferedInputStream(file)));
            return Optional.of(ConfigValueFactory.fromMap(values).atPath(name));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String file(String name) {
        return name + "-defaults.bin";
    }
}
