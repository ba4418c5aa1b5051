package dev.pipelinebox.internal.launch.code;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a class loader finds classes: in a jar or folder, or in a part of a jar that only this loader can open.
 *
 * @param file the jar or folder
 * @param entry the name of a jar in it, or the prefix of the classes in it with a slash at its end; "" for the whole
 */
record CodeLocation(Path file, String entry) {

    /**
     * Two schemes of Spring Boot's loaders, {@code jar:nested:/app.jar/!BOOT-INF/lib/x.jar!/} and {@code
     * jar:file:/app.jar!/BOOT-INF/lib/x.jar!/}, and Tomcat's for archives that are not unpacked, {@code
     * jar:war:file:/app.war*}{@code /WEB-INF/lib/x.jar!/} or the same without {@code jar:} and {@code !/}. With {@code BOOT-INF/classes} in the place of the jar, the first
     * ends with {@code /!/}.
     */
    private static final Pattern NESTED = Pattern.compile(
            "(?:jar:nested:(?<nested>/.+?)/!|jar:(?<file>file:.+?)!/|(?:jar:)?war:(?<war>file:.+?)[*^]/)(?<entry>.*)");

    static Optional<CodeLocation> of(URL url) {
        return of(url.toString());
    }

    static Optional<CodeLocation> of(String url) {
        Matcher nested = NESTED.matcher(url);
        try {
            return Optional.of(
                    nested.matches()
                            ? new CodeLocation(path(outer(nested)), entry(nested.group("entry")))
                            : new CodeLocation(path(new URI(url)), ""));
        } catch (URISyntaxException | FileSystemNotFoundException | IllegalArgumentException notAFile) {
            return Optional.empty();
        }
    }

    boolean isWhole() {
        return entry.isEmpty();
    }

    boolean isFolder() {
        return entry.endsWith("/");
    }

    private static URI outer(Matcher nested) throws URISyntaxException {
        String boots = nested.group("nested");
        String tomcats = nested.group("war");
        return new URI(boots != null ? "file:" + boots : Objects.requireNonNullElse(tomcats, nested.group("file")));
    }

    /** What is left of a name when it says no more that it is a jar. */
    private static String entry(String name) {
        String entry = name.endsWith("!/") ? name.substring(0, name.length() - 2) : name;
        boolean isPart = entry.isEmpty() || entry.endsWith("/") || entry.endsWith(".jar");
        return isPart ? entry : entry + "/";
    }

    /** Others are in memory, or in the runtime image. */
    private static Path path(URI uri) {
        Path path = Path.of(uri);
        if (!path.getFileSystem().equals(FileSystems.getDefault())) {
            throw new IllegalArgumentException(uri + " is no file");
        }
        return path.toAbsolutePath().normalize();
    }
}
