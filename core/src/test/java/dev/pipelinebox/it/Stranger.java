package dev.pipelinebox.it;

import akka.actor.Actor;
import akka.actor.ActorRef;
import akka.actor.ActorSelection;
import akka.actor.Address;
import akka.actor.Kill;
import akka.actor.PoisonPill;
import akka.actor.Terminated;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.ClusterUserAction;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import dev.pipelinebox.internal.cluster.ActorSystemSettings;
import dev.pipelinebox.internal.link.artery.WorkerFrame;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program that attacks the ports of a cluster on this machine, for tests. It says {@link #BEGUN} when it has done so once,
 * goes on until its standard input ends, and is bounded in what it opens.
 */
public final class Stranger {

    /** What it prints when it has attacked each port at least once. */
    static final String BEGUN = "has attacked";

    /** What it prints if it has become a member. */
    static final String MEMBER = "has become a member";

    private static final int HALF_OPEN = 1_000;
    private static final int ROUND_MILLIS = 200;

    /** Of each round and two hundred milliseconds of rest, so that something is left of a small machine. */
    private static final int FLOOD_MILLIS = 300;

    private static final List<String> PATHS = List.of(
            "/user",
            "/user/*",
            "/user/*/*",
            "/system",
            "/system/*",
            "/system/cluster",
            "/system/cluster/core",
            "/system/cluster/core/daemon");

    private static volatile boolean isOver;

    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final Random random = new Random(15);

    private Stranger() {}

    /**
     * Attacks.
     *
     * @param arguments the kind of attack, and the ports; for a node with certificates the key store before these
     */
    public static void main(String[] arguments) throws Exception {
        Thread end = new Thread(Stranger::awaitEnd);
        end.setDaemon(true);
        end.start();
        switch (arguments[0]) {
            case "node-without-key" -> node(plain(), ports(arguments, 1));
            case "node-with-another-key" ->
                node(
                        ActorSystemSettings.start(Behaviors.empty(), ClusterSpec.createPrivate(), keyed()),
                        ports(arguments, 1));
            case "node-with-certificate" -> node(certified(arguments[1]), ports(arguments, 2));
            default -> new Stranger().connect(arguments[0], ports(arguments, 1));
        }
        System.exit(0);
    }

    private static List<Integer> ports(String[] arguments, int from) {
        return Stream.of(arguments).skip(from).map(Integer::valueOf).toList();
    }

    private static void awaitEnd() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException broken) {
            // The pipe is gone, and with it the test.
        }
        isOver = true;
    }

    private static Config keyed() {
        return ActorSystemSettings.master(Map.of());
    }

    private static ActorSystem<Void> plain() {
        return foreign(ConfigFactory.parseString("akka.remote.artery.transport = tcp"));
    }

    private static ActorSystem<Void> certified(String keyStore) {
        return foreign(ConfigFactory.parseString("""
                akka.remote.artery {
                  transport = tls-tcp
                  ssl.config-ssl-engine {
                    key-store = "%1$s"
                    trust-store = "%1$s"
                    key-store-password = changeit
                    key-password = changeit
                    trust-store-password = changeit
                    protocol = TLSv1.3
                    enabled-algorithms = [TLS_AES_128_GCM_SHA256]
                  }
                }
                """.formatted(keyStore)));
    }

    /** A node as anyone can write it, which says the same name and knows the library's messages. */
    private static ActorSystem<Void> foreign(Config transport) {
        Config own = ConfigFactory.parseString("""
                akka {
                  loglevel = OFF
                  stdout-loglevel = OFF
                  actor.provider = cluster
                  cluster.downing-provider-class = "akka.cluster.sbr.SplitBrainResolverProvider"
                  remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                }
                """);
        return ActorSystem.create(
                Behaviors.empty(),
                ClusterSpec.SYSTEM_NAME,
                transport.withFallback(own).withFallback(ConfigFactory.load()));
    }

    private static void node(ActorSystem<Void> system, List<Integer> ports) throws InterruptedException {
        Cluster cluster = Cluster.get(system);
        cluster.manager().tell(Join.create(address(ports.get(0))));
        for (int round = 0; !isOver; round++) {
            ports.forEach(port -> attack(system, port, ports));
            if (round == 1) {
                System.out.println(BEGUN);
            }
            TimeUnit.MILLISECONDS.sleep(ROUND_MILLIS);
            if (cluster.state().getMembers().iterator().hasNext()) {
                System.out.println(MEMBER);
            }
        }
    }

    private static Address address(int port) {
        return new Address("akka", ClusterSpec.SYSTEM_NAME, "127.0.0.1", port);
    }

    private static void attack(ActorSystem<Void> system, int port, List<Integer> members) {
        akka.actor.ActorSystem classic = Adapter.toClassic(system);
        ActorRef nobody = Actor.noSender();
        for (String path : PATHS) {
            ActorSelection victims = classic.actorSelection(address(port) + path);
            victims.tell(PoisonPill.getInstance(), nobody);
            victims.tell(Kill.getInstance(), nobody);
            victims.tell(new Terminated(classic.deadLetters(), true, true), nobody);
            victims.tell(new WorkerFrame(1, 0, new WorkerToMaster.Connected("0".repeat(32), "")), nobody);
            members.forEach(member -> victims.tell(new ClusterUserAction.Down(address(member)), nobody));
        }
    }

    private void connect(String kind, List<Integer> ports) throws Exception {
        for (int round = 0; !isOver; round++) {
            int number = round;
            ports.parallelStream().forEach(port -> attack(kind, port, number));
            if (round == 0) {
                System.out.println(BEGUN);
            }
            TimeUnit.MILLISECONDS.sleep(kind.equals("byte-a-second") ? 1000 : ROUND_MILLIS);
        }
    }

    private void attack(String kind, int port, int round) {
        try {
            switch (kind) {
                case "garbage" -> garbage(port);
                case "truncated" -> stay(port, random(40));
                case "half-open" -> halfOpen(port, round);
                case "byte-a-second" -> slow(port, round);
                case "flood" -> flood(port);
                default -> throw new IllegalArgumentException(kind);
            }
        } catch (IOException notConnected) {
            throw new UncheckedIOException(notConnected);
        }
    }

    /** Random, then as Artery and TLS begin, then a proof that was made up. */
    private void garbage(int port) throws IOException {
        send(port, random(4_000));
        send(port, frame(500));
        send(port, frame(Integer.MAX_VALUE));
        send(port, frame(-1));
        send(port, hello());
        send(port, random(72));
    }

    private byte[] random(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    /** The beginning of a connection of Artery's, and of a frame of this size. */
    private static byte[] frame(int size) {
        return ByteBuffer.allocate(200)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {'A', 'K', 'K', 'A', 1})
                .putInt(size)
                .array();
    }

    /** The beginning of a TLS record that holds a ClientHello. */
    private byte[] hello() {
        byte[] bytes = random(300);
        ByteBuffer.wrap(bytes).put(new byte[] {22, 3, 1, 1, 39, 1, 0, 1, 35, 3, 3});
        return bytes;
    }

    /** It must be possible to connect; after that the other end may close the connection at any time. */
    private static Socket connected(int port, byte[] bytes) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(ROUND_MILLIS);
        write(socket, bytes);
        return socket;
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException closed) {
            // As it should be, after a time.
        }
    }

    private static void send(int port, byte[] bytes) throws IOException {
        try (Socket socket = connected(port, bytes)) {
            readToEnd(socket);
        }
    }

    private static void readToEnd(Socket socket) {
        try {
            socket.getInputStream().readAllBytes();
        } catch (IOException closedOrOpenStill) {
            // Both may be.
        }
    }

    private void stay(int port, byte[] bytes) throws IOException {
        if (open.size() < HALF_OPEN) {
            open.add(connected(port, bytes));
        }
    }

    /** Each is accepted before the next: otherwise the system would let them wait. */
    private void halfOpen(int port, int round) throws IOException {
        if (round == 0) {
            for (int i = 0; i < HALF_OPEN; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                open.add(socket);
                socket.getInputStream().read();
            }
        }
    }

    private void slow(int port, int round) throws IOException {
        if (round == 0) {
            open.add(connected(port, new byte[0]));
        }
        open.forEach(socket -> write(socket, new byte[] {(byte) round}));
    }

    /** Connections that are reset at once, one after the other. */
    private static void flood(int port) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FLOOD_MILLIS);
        while (System.nanoTime() < end) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoLinger(true, 0);
            }
        }
    }
}
