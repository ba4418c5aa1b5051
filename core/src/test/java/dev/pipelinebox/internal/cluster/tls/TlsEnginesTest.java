package dev.pipelinebox.internal.cluster.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.internal.cluster.tls.Refusal.Cause;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both ends of a connection in memory. */
class TlsEnginesTest {

    private static final String PORT = "10.0.0.5:7410";

    private final TestCluster cluster = new TestCluster();
    private final Side master = new Side(cluster.master);
    private final Side host = new Side(cluster.host);

    @TempDir
    private Path directory;

    /** One process, with what it was told and the timers that it has set. */
    private static final class Side {

        private final List<Refusal> refusals = new ArrayList<>();
        private final List<Runnable> timers = new ArrayList<>();
        private final List<String> wokenUp = new ArrayList<>();
        private final TlsEngines engines;

        Side(Credentials own) {
            this(own, Revocations.none(), Clock.systemUTC());
        }

        Side(Credentials own, Revocations revocations, Clock clock) {
            engines = new TlsEngines(
                    own,
                    revocations,
                    clock,
                    (delay, task) -> {
                        timers.add(task);
                        return () -> timers.remove(task);
                    },
                    refusals::add);
        }

        SSLEngine server() {
            return engines.server(() -> wokenUp.add("server"));
        }

        SSLEngine client() {
            return engines.client(PORT, () -> wokenUp.add("client"));
        }

        Refusal refusal() {
            assertThat(refusals).hasSize(1);
            return refusals.get(0);
        }
    }

    @Test
    void aHostAndItsMasterConnectInBothDirections() throws Exception {
        connectAndTalk(host.client(), master.server());
        connectAndTalk(master.client(), host.server());

        assertThat(master.refusals).isEmpty();
        assertThat(host.refusals).isEmpty();
        assertThat(master.timers).isEmpty();
        assertThat(host.timers).isEmpty();
    }

    @Test
    void aMasterMayConnectToItself() throws Exception {
        connectAndTalk(master.client(), master.server());

        assertThat(master.refusals).isEmpty();
    }

    @Test
    void theSessionIsThatOfTheOtherEndAndIsCheckedAgain() throws Exception {
        SSLEngine client = host.client();
        SSLEngine server = master.server();
        connectAndTalk(client, server);

        assertThat(client.getSession().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(master.engines.problemOfAccepted(server.getSession())).isEmpty();
        assertThat(host.engines.problemOfOpened(PORT, client.getSession())).isEmpty();
        assertThat(new Side(new TestCluster().master).engines.problemOfAccepted(server.getSession()))
                .isPresent();
        assertThat(master.engines.problemOfAccepted(master.server().getSession()))
                .as("without a certificate")
                .isPresent();
    }

    @Test
    void aHostOfAnotherClusterIsRefusedByBothEnds() {
        TestCluster other = new TestCluster();
        Side stranger = new Side(other.host);

        fails(stranger.client(), master.server());

        assertThat(stranger.refusal().cause()).isEqualTo(Cause.OTHER_CLUSTER);
        assertThat(stranger.refusal().message())
                .isEqualTo("Refused " + PORT + " with a certificate of the master of cluster " + cluster.authority.run()
                        + ": it was made for another cluster; use an invitation that was made with this master's keys");
        assertThat(master.refusal().cause()).isEqualTo(Cause.BY_OTHER);
        assertThat(master.refusal().isAccepted()).isTrue();
    }

    /** Which does not look at the master's certificate. */
    @Test
    void aStrangerWithACertificateOfItsOwnIsRefusedByTheMaster() throws Exception {
        TestCluster other = new TestCluster();

        fails(careless(other.host, "TLSv1.3"), master.server());

        assertThat(master.refusal().cause()).isEqualTo(Cause.OTHER_CLUSTER);
        assertThat(master.refusal().message())
                .startsWith("Refused a connection with a certificate of host a of cluster " + other.authority.run())
                .contains("made for another cluster");
        assertThat(master.timers).isEmpty();
    }

    @Test
    void aHostThatPosesAsTheMasterIsRefusedByHosts() {
        Side other = new Side(cluster.host("b", TestCluster.NOW));

        fails(host.client(), other.server());
        assertThat(host.refusal().cause()).isEqualTo(Cause.WRONG_ROLE);
        assertThat(host.refusal().message())
                .startsWith("Refused " + PORT + " with the certificate of host b of cluster " + cluster.authority.run())
                .contains("the role host cannot be the master");
        host.refusals.clear();

        fails(other.client(), host.server());
        assertThat(other.refusals.get(other.refusals.size() - 1).cause()).isEqualTo(Cause.WRONG_ROLE);
    }

    /** Also a host that does not check roles itself is refused by another one. */
    @Test
    void hostsDoNotAcceptConnectionsOfHosts() throws Exception {
        fails(careless(cluster.host("b", TestCluster.NOW), "TLSv1.3"), host.server());

        assertThat(host.refusal().cause()).isEqualTo(Cause.WRONG_ROLE);
        assertThat(host.refusal().isAccepted()).isTrue();
    }

    @Test
    void anExpiredCertificateIsRefusedAndBothClocksAreNamed() {
        Credentials old = cluster.host("old", TestCluster.NOW.minus(Duration.ofDays(2)));
        Side expired = new Side(old);

        fails(expired.client(), master.server());

        assertThat(master.refusal().cause()).isEqualTo(Cause.EXPIRED);
        assertThat(master.refusal().message())
                .contains(
                        "host old",
                        old.serial(),
                        "expired on " + old.expiry(),
                        "the clock of this machine says",
                        "keys invite");
        assertThat(expired.refusal().cause()).isEqualTo(Cause.BY_OTHER);
        assertThat(expired.refusal().message())
                .startsWith("The other end of a connection to " + PORT + " refused the certificate of host old")
                .contains("valid until " + old.expiry());
    }

    @Test
    void aMasterWhoseClockIsBehindSaysSo() {
        Clock behind = Clock.fixed(TestCluster.NOW.minus(Duration.ofHours(2)), ZoneOffset.UTC);
        Side late = new Side(cluster.master, Revocations.none(), behind);

        fails(host.client(), late.server());

        assertThat(late.refusal().cause()).isEqualTo(Cause.EXPIRED);
        assertThat(late.refusal().message()).contains("is valid from", "set the clock");
    }

    @Test
    void aRevokedCertificateIsRefusedFromThenOn() throws Exception {
        Revocations revocations = Revocations.in(directory.resolve("revoked"));
        Side strict = new Side(cluster.master, revocations, Clock.systemUTC());
        SSLEngine server = strict.server();
        connectAndTalk(host.client(), server);

        revocations.add(cluster.host.serial());
        fails(host.client(), strict.server());

        assertThat(strict.refusal().cause()).isEqualTo(Cause.REVOKED);
        assertThat(strict.refusal().message())
                .contains("host a", cluster.host.serial(), "it is revoked", "keys invite");
        assertThat(host.refusal().cause()).isEqualTo(Cause.BY_OTHER);
        assertThat(strict.engines.problemOfAccepted(server.getSession()))
                .as("a session that is resumed")
                .isPresent();
    }

    @Test
    void olderTlsIsRefusedInBothDirections() throws Exception {
        fails(careless(cluster.host, "TLSv1.2"), master.server());
        assertThat(master.refusal().cause()).isEqualTo(Cause.NO_HANDSHAKE);
        assertThat(master.refusal().message()).contains("TLSv1.2");

        SSLEngine old = careless(cluster.master, "TLSv1.2");
        old.setUseClientMode(false);
        fails(host.client(), old);
    }

    @Test
    void aClientWithoutACertificateIsRefused() throws Exception {
        fails(careless(null, "TLSv1.3"), master.server());

        assertThat(master.refusal().cause()).isEqualTo(Cause.NO_HANDSHAKE);
        assertThat(master.refusal().message())
                .containsIgnoringCase("certificate")
                .contains(cluster.authority.run());
    }

    @Test
    void bytesThatAreNoTlsAreRefused() {
        for (String garbage :
                List.of("GET / HTTP/1.1\r\n\r\n", "\0\0\0\0\0\0\0\0\0\0", "AKKA\1", "\u0016\u0003\u0001\0\5garbage")) {
            master.refusals.clear();
            SSLEngine server = master.server();
            ByteBuffer bytes = ByteBuffer.wrap(garbage.getBytes(StandardCharsets.ISO_8859_1));

            assertThatThrownBy(() -> {
                        server.beginHandshake();
                        for (int i = 0; i < 5; i++) {
                            server.unwrap(bytes, ByteBuffer.allocate(20_000));
                            runTasks(server);
                        }
                        server.closeInbound();
                    })
                    .isInstanceOf(SSLException.class);
            assertThat(master.refusal().cause()).isEqualTo(Cause.NO_HANDSHAKE);
        }
        assertThat(master.timers).isEmpty();
    }

    @Test
    void aConnectionThatEndsInItsHandshakeIsRefusedOnce() {
        SSLEngine server = master.server();
        assertThatThrownBy(() -> {
                    server.beginHandshake();
                    server.closeInbound();
                })
                .isInstanceOf(SSLException.class);
        server.closeOutbound();

        assertThat(master.refusal().message()).contains("the connection ended before the handshake did");
        assertThat(master.timers).isEmpty();
    }

    @Test
    void oneOfTooManyConnectionsIsEnded() throws Exception {
        List<SSLEngine> silent = new ArrayList<>();
        for (int i = 0; i <= TlsEngines.MOST; i++) {
            silent.add(master.server());
        }

        assertThat(master.refusal().cause()).isEqualTo(Cause.TOO_MANY);
        assertThat(master.wokenUp).hasSize(1);
        assertThat(silent).filteredOn(SSLEngine::isInboundDone).hasSize(1).doesNotContain(silent.get(TlsEngines.MOST));
        connectAndTalk(host.client(), silent.get(TlsEngines.MOST));
    }

    @Test
    void aConnectionThatTakesTooLongIsEnded() throws Exception {
        SSLEngine server = master.server();
        server.beginHandshake();

        master.timers.get(0).run();

        assertThat(master.refusal().cause()).isEqualTo(Cause.TOO_SLOW);
        assertThat(master.wokenUp).hasSize(1);
        assertThat(server.unwrap(ByteBuffer.allocate(0), ByteBuffer.allocate(20_000))
                        .getStatus())
                .isEqualTo(Status.CLOSED);
        assertThat(server.isOutboundDone()).isTrue();
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUp() {
        SSLEngine client = host.client();

        host.timers.get(0).run();

        assertThat(client.isInboundDone()).isTrue();
        assertThat(host.refusals).isEmpty();
    }

    /** A client that trusts all servers, and may have no certificate. */
    private static SSLEngine careless(@Nullable Credentials own, String protocol) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own == null ? null : TlsEngines.keys(own), new TrustManager[] {new TrustAll()}, null);
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[] {protocol});
        return engine;
    }

    private static void fails(SSLEngine client, SSLEngine server) {
        assertThatThrownBy(() -> connectAndTalk(client, server)).isInstanceOf(SSLException.class);
    }

    private static void connectAndTalk(SSLEngine client, SSLEngine server) throws SSLException {
        new Wire(client, server).connect("ping");
    }

    private static void runTasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /** Passes bytes between two engines until both stand still. */
    private static final class Wire {

        private final SSLEngine client;
        private final SSLEngine server;
        private final ByteBuffer toServer = ByteBuffer.allocate(100_000);
        private final ByteBuffer toClient = ByteBuffer.allocate(100_000);
        private final ByteBuffer received = ByteBuffer.allocate(40_000);
        private @Nullable SSLException first;

        Wire(SSLEngine client, SSLEngine server) {
            this.client = client;
            this.server = server;
        }

        void connect(String text) throws SSLException {
            client.beginHandshake();
            server.beginHandshake();
            ByteBuffer sent = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            ByteBuffer nothing = ByteBuffer.allocate(0);
            for (int i = 0; i < 20; i++) {
                step(client, sent, toServer, toClient);
                step(server, nothing, toClient, toServer);
            }
            if (first != null) {
                throw first;
            }
            assertThat(new String(received.array(), 0, received.position(), StandardCharsets.UTF_8))
                    .isEqualTo(text);
        }

        /** As Akka does it: after a failure what the engine still has to say is sent. */
        private void step(SSLEngine engine, ByteBuffer data, ByteBuffer out, ByteBuffer in) {
            try {
                in.flip();
                try {
                    engine.unwrap(in, received);
                } finally {
                    in.compact();
                }
                runTasks(engine);
            } catch (SSLException failure) {
                first = first == null ? failure : first;
            }
            try {
                engine.wrap(data, out);
                runTasks(engine);
            } catch (SSLException failure) {
                first = first == null ? failure : first;
            }
        }
    }

    private static final class TrustAll extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
