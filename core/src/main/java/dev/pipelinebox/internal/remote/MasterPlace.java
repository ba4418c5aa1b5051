package dev.pipelinebox.internal.remote;

import dev.pipelinebox.api.Hosts;
import dev.pipelinebox.internal.cluster.HostsSystem;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Comparator;

/** Where a master listens for hosts. */
final class MasterPlace {

    private MasterPlace() {}

    static HostsSystem.Place of(Hosts.Listener listener) {
        Hosts.Endpoint bind = listener.bind();
        Hosts.Endpoint name =
                listener.advertised().orElseGet(() -> new Hosts.Endpoint(name(bind.address()), bind.port()));
        return new HostsSystem.Place(name.address(), name.port(), bind.address(), bind.port());
    }

    /** Of a master that listens on all addresses, the first one that other machines may reach. */
    private static String name(String address) {
        try {
            return InetAddress.getByName(address).isAnyLocalAddress()
                    ? NetworkInterface.networkInterfaces()
                            .flatMap(NetworkInterface::inetAddresses)
                            .filter(found -> !found.isLoopbackAddress() && !found.isLinkLocalAddress())
                            .min(Comparator.comparing(found -> found.getAddress().length))
                            .orElse(InetAddress.getLoopbackAddress())
                            .getHostAddress()
                    : address;
        } catch (UnknownHostException | SocketException unknown) {
            throw new IllegalArgumentException(
                    "The address " + address
                            + " to listen on for hosts is not one of this machine; give one that is, or"
                            + " 0.0.0.0 for all",
                    unknown);
        }
    }
}
