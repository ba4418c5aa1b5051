package dev.pipelinebox.host;

import com.sun.management.OperatingSystemMXBean;
import dev.pipelinebox.api.JavaInstallation;
import dev.pipelinebox.spi.HostMembership;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** What this machine is as a host, where the command line says nothing else. */
final class HostFactsOfMachine {

    private static final long DEFAULT_CACHE = 10L << 30;
    private static final int OLDEST_JAVA = 17;

    private final Command.Join join;

    HostFactsOfMachine(Command.Join join) {
        this.join = join;
    }

    HostMembership.Plan plan(HostMembership.Ticket ticket, HostPort master) {
        HostPort bind = join.bind().orElse(new HostPort(routeTo(master), 0));
        HostPort address =
                join.address().orElse(new HostPort(isAny(bind.host()) ? routeTo(master) : bind.host(), bind.port()));
        Map<String, Double> resources = new HashMap<>();
        join.resources().forEach((name, amount) -> resources.put(name, amount.doubleValue()));
        return new HostMembership.Plan(
                master.host(),
                master.port(),
                address.host(),
                address.port(),
                bind.host(),
                bind.port(),
                ticket,
                join.name().orElseGet(HostFactsOfMachine::machineName),
                join.processors().orElse(Runtime.getRuntime().availableProcessors()),
                join.memory().orElseGet(HostFactsOfMachine::machineMemory),
                java(),
                join.labels(),
                resources,
                join.cache().orElseGet(HostFactsOfMachine::userCache).toAbsolutePath(),
                join.cacheSize().orElse(DEFAULT_CACHE));
    }

    private static boolean isAny(String address) {
        return address.equals("0.0.0.0") || address.equals("::");
    }

    /** The address from which packets to the master leave; nothing is sent. */
    private static String routeTo(HostPort master) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(master.host(), master.port()));
            return socket.getLocalAddress().getHostAddress();
        } catch (IOException unknown) {
            throw new UncheckedIOException(unknown);
        }
    }

    private static String machineName() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return name.split("\\.", 2)[0];
        } catch (IOException unnamed) {
            throw new UsageException("This machine has no name. Give one by --name.");
        }
    }

    private static long machineMemory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : Runtime.getRuntime().maxMemory();
    }

    private static Path userCache() {
        String cache = System.getenv("XDG_CACHE_HOME");
        return cache == null || cache.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache", "pipelinebox")
                : Path.of(cache, "pipelinebox");
    }

    private List<JavaInstallation> java() {
        return join.java().isEmpty()
                ? List.of(new JavaInstallation(
                        System.getProperty("java.home"),
                        Runtime.version().feature(),
                        System.getProperty("java.vendor")))
                : join.java().stream().map(HostFactsOfMachine::installation).toList();
    }

    private static JavaInstallation installation(Path home) {
        Properties release = new Properties();
        try {
            release.load(new StringReader(Files.readString(home.resolve("release"))));
        } catch (IOException | IllegalArgumentException none) {
            throw new UsageException("--java " + home + " has no file \"release\". Give the home of a JDK.");
        }
        String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
        int feature = version.isEmpty() ? 0 : Runtime.Version.parse(version).feature();
        if (feature < OLDEST_JAVA) {
            throw new UsageException(
                    "--java " + home + " is Java " + version + ". Give one of " + OLDEST_JAVA + " or later.");
        }
        return new JavaInstallation(
                home.toAbsolutePath().toString(),
                feature,
                release.getProperty("IMPLEMENTOR", "").replace("\"", ""));
    }
}
