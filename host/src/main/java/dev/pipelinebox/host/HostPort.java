package dev.pipelinebox.host;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address and a port, as a user writes them.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param port 0 to 65535
 */
record HostPort(String host, int port) {

    /** The port of a master and of a host, where none is given. */
    static final int DEFAULT_PORT = 7410;

    private static final int HIGHEST_PORT = 65535;
    private static final Pattern FORM =
            Pattern.compile("(?:\\[(?<six>[^\\]]*)\\]|(?<name>[^:\\[\\]]*))(?::(?<port>[^:]*))?");
    private static final Pattern NAME = Pattern.compile(
            "[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?" + "(\\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*\\.?");
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");

    /**
     * An address that others connect to.
     *
     * @throws UsageException if it is none
     */
    static HostPort of(String text) {
        HostPort address = parse(text);
        if (address.port() == 0) {
            throw new UsageException("\"" + text + "\" has port 0. Write the port that others can connect to.");
        }
        return address;
    }

    /**
     * An address to bind to. Port 0 stands for any that is free.
     *
     * @throws UsageException if it is none
     */
    static HostPort toBind(String text) {
        return parse(text);
    }

    private static HostPort parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw isIpv6(text)
                    ? new UsageException("\"" + text + "\" is an IPv6 address without brackets. Write [" + text
                            + "] or [" + text + "]:" + DEFAULT_PORT + ".")
                    : noAddress(text);
        }
        String six = form.group("six");
        String host = six == null ? form.group("name") : six;
        if (six == null ? !isNameOrIpv4(host) : !isIpv6(six)) {
            throw noAddress(text);
        }
        String port = form.group("port");
        return new HostPort(host, port == null ? DEFAULT_PORT : port(text, port));
    }

    private static boolean isNameOrIpv4(String host) {
        return NUMBERS.matcher(host).matches()
                ? IPV4.matcher(host).matches()
                : NAME.matcher(host).matches();
    }

    private static boolean isIpv6(String host) {
        try {
            // Brackets: never a look-up of a name.
            return host.contains(":") && InetAddress.getByName("[" + host + "]") != null;
        } catch (UnknownHostException malformed) {
            return false;
        }
    }

    private static int port(String text, String port) {
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > HIGHEST_PORT) {
            throw new UsageException("\"" + text + "\" has no valid port. Write a number from 1 to " + HIGHEST_PORT
                    + " after the colon.");
        }
        return Integer.parseInt(port);
    }

    private static UsageException noAddress(String text) {
        return new UsageException("\"" + text + "\" is not an address. Write HOST:PORT, such as 10.0.0.5:"
                + DEFAULT_PORT + ", or [2001:db8::5]:" + DEFAULT_PORT + ".");
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
