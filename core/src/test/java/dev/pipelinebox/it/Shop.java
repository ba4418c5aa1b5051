package dev.pipelinebox.it;

import static dev.pipelinebox.Patience.PATIENCE;

import akka.actor.ActorSystemImpl;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.Member;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.ClusterSingleton;
import akka.cluster.typed.Join;
import akka.cluster.typed.SingletonActor;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * An application with a cluster: nodes of the role {@code shop}, on the oldest of them a singleton, the till, and on all of
 * them, by cluster sharding, the shelves.
 */
final class Shop {

    static final String ROLE = "shop";

    /** As an application sets it that keeps to the documentation. */
    static final Config CONFIG = ConfigFactory.parseString("""
            akka {
              loglevel = WARNING
              java-flight-recorder.enabled = off
              jvm-exit-on-fatal-error = off
              serialization.jackson.jackson-modules = ["akka.serialization.jackson.AkkaTypedJacksonModule"]
              actor.provider = cluster
              actor.serialization-bindings."dev.pipelinebox.it.Shop$Open" = jackson-cbor
              actor.serialization-bindings."dev.pipelinebox.it.Shop$Look" = jackson-cbor
              remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
              cluster {
                roles = [shop]
                jmx.enabled = off
                app-version = "1.2.3"
                downing-provider-class = "akka.cluster.sbr.SplitBrainResolverProvider"
                split-brain-resolver.keep-majority.role = shop
                # The tests use all processors for minutes.
                split-brain-resolver.down-all-when-unstable = off
                sharding.role = shop
                role.shop.min-nr-of-members = 2
                singleton.role = shop
                distributed-data.role = shop
                typed.receptionist.distributed-data.role = shop
                # Quicker than the default, for the tests.
                gossip-interval = 200 ms
                leader-actions-interval = 200 ms
                unreachable-nodes-reaper-interval = 200 ms
              }
              coordinated-shutdown.run-by-jvm-shutdown-hook = off
            }
            """).withFallback(ConfigFactory.load());

    /** Asks the till who it is; a new one has a new name. */
    record Open(ActorRef<String> replyTo) {}

    /** Asks a shelf which one it is. */
    record Look(ActorRef<String> replyTo) {}

    private static final EntityTypeKey<Look> SHELF = EntityTypeKey.create(Look.class, "shelf");

    final ActorSystem<Void> system;
    private final ActorRef<Open> till;

    Shop(Config config) {
        system = ActorSystem.create(Behaviors.empty(), "shop", config);
        ClusterSharding.get(system).init(Entity.of(SHELF, context -> shelf(context.getEntityId())));
        till = ClusterSingleton.get(system).init(SingletonActor.of(till(), "till"));
    }

    /** A first node, and with it the cluster. */
    static Shop found(Config config) {
        Shop shop = new Shop(config);
        Cluster cluster = Cluster.get(shop.system);
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        return shop;
    }

    /** For a shop of one node whose members speak TLS with each other, and show certificates. */
    static Config withTls(Path directory) throws Exception {
        Path store = directory.resolve("keys.p12");
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process keytool = new ProcessBuilder(
                        tool,
                        "-genkeypair",
                        "-alias",
                        "shop",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=shop",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "secret",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException(output);
        }
        return ConfigFactory.parseString("""
                        akka.remote.artery {
                          transport = tls-tcp
                          ssl.config-ssl-engine {
                            key-store = ${store}
                            trust-store = ${store}
                            key-store-password = secret
                            key-password = secret
                            trust-store-password = secret
                            protocol = "TLSv1.3"
                            enabled-algorithms = ["TLS_AES_256_GCM_SHA384"]
                          }
                        }
                        akka.cluster.role.shop.min-nr-of-members = 1
                        """)
                .withFallback(ConfigFactory.parseMap(Map.of("store", store.toString())))
                .withFallback(CONFIG)
                .resolve();
    }

    /** The tree of all actors. */
    String actors() {
        return actors(system);
    }

    static String actors(ActorSystem<?> system) {
        return ((ActorSystemImpl) system.classicSystem()).printTree();
    }

    private static Behavior<Open> till() {
        return Behaviors.setup(context -> {
            String name = UUID.randomUUID().toString();
            return Behaviors.receiveMessage(open -> {
                open.replyTo().tell(name);
                return Behaviors.same();
            });
        });
    }

    /** The name of the till. */
    String askTill() {
        return AskPattern.<Open, String>ask(till, Open::new, PATIENCE, system.scheduler())
                .toCompletableFuture()
                .join();
    }

    private static Behavior<Look> shelf(String name) {
        return Behaviors.receiveMessage(look -> {
            look.replyTo().tell(name);
            return Behaviors.same();
        });
    }

    /** What the shelf with this name answers, which comes into being when it is first asked. */
    String askShelf(String name) {
        return ClusterSharding.get(system)
                .entityRefFor(SHELF, name)
                .ask(Look::new, PATIENCE)
                .toCompletableFuture()
                .join();
    }

    /** All members with their status, unreachable ones marked, in a word each: {@code shop Up}. */
    List<String> members() {
        var state = Cluster.get(system).state();
        Set<Member> unreachable = state.getUnreachable();
        return StreamSupport.stream(state.getMembers().spliterator(), false)
                .map(member -> (member.hasRole(ROLE) ? ROLE : new TreeSet<>(member.getRoles())) + " " + member.status()
                        + (unreachable.contains(member) ? " unreachable" : ""))
                .sorted()
                .toList();
    }

    /** Another node of the application, in a process of its own, which joins this one. */
    Process startOtherNode() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Shop.class.getName(),
                        system.address().toString())
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "shop-other-node.log").toFile())
                .start();
    }

    /** The other node; it ends when its standard input does. */
    public static void main(String[] arguments) {
        Shop shop = new Shop(CONFIG);
        Cluster.get(shop.system).manager().tell(Join.create(akka.actor.AddressFromURIString.parse(arguments[0])));
        try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (input.readLine() != null) {
                // Nothing is said to it.
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }
}
