package dev.pipelinebox.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The TCP ports at which a process of this user listens, on Linux. */
final class ListeningPorts {

    private static final String LISTENING = "0A";

    private ListeningPorts() {}

    static List<Integer> of(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        Set<String> sockets = sockets(process.resolve("fd"));
        return Stream.of("tcp", "tcp6")
                .flatMap(table -> lines(process.resolve("net").resolve(table)))
                .map(line -> line.trim().split("\\s+"))
                .filter(fields -> fields[3].equals(LISTENING) && sockets.contains("socket:[" + fields[9] + "]"))
                .map(fields -> Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16))
                .toList();
    }

    private static Set<String> sockets(Path descriptors) {
        try (Stream<Path> files = Files.list(descriptors)) {
            return files.flatMap(file -> target(file).stream()).collect(Collectors.toSet());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static Optional<String> target(Path descriptor) {
        try {
            return Optional.of(Files.readSymbolicLink(descriptor).toString());
        } catch (IOException closed) {
            return Optional.empty();
        }
    }

    private static Stream<String> lines(Path table) {
        try {
            return Files.readAllLines(table).stream().skip(1);
        } catch (NoSuchFileException noSuchProtocol) {
            return Stream.empty();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
