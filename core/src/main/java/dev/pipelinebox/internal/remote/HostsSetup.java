package dev.pipelinebox.internal.remote;

import dev.pipelinebox.internal.hosts.HostFacts;
import dev.pipelinebox.internal.hosts.HostSettings;
import dev.pipelinebox.internal.launch.LaunchSettings;
import dev.pipelinebox.internal.launch.code.manifest.LocalCode;
import dev.pipelinebox.internal.launch.local.InheritedArguments;
import dev.pipelinebox.internal.link.host.MasterToHost;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the actors of this room need to know.
 *
 * @param table how hosts are treated
 * @param local this machine, if workers may run on it
 * @param code of the workers
 * @param jvmArguments of the workers, on which their classes depend
 * @param defaults how workers are started where their options say nothing else
 * @param startTimeout how long a worker waits for a host
 * @param output writes what workers print
 * @param revoker refuses a certificate, by its serial number, from now on
 * @param listener is told what becomes of hosts
 */
public record HostsSetup(
        HostSettings table,
        Optional<HostFacts> local,
        LocalCode code,
        List<String> jvmArguments,
        MasterToHost.ProcessOptions defaults,
        Duration startTimeout,
        OutputWriter output,
        Consumer<String> revoker,
        HostsListener listener) {

    /** As above, with the arguments of workers by the settings of this machine. */
    public static HostsSetup of(
            HostSettings table,
            Optional<HostFacts> local,
            LocalCode code,
            LaunchSettings launch,
            Duration startTimeout,
            Supplier<PrintStream> out,
            Supplier<PrintStream> err,
            HostsListener listener) {
        return new HostsSetup(
                table,
                local,
                code,
                InheritedArguments.current(),
                HostProcesses.defaults(launch),
                startTimeout,
                new OutputWriter(out, err),
                serial -> {},
                listener);
    }

    HostsSetup withRevoker(Consumer<String> revokes) {
        return new HostsSetup(table, local, code, jvmArguments, defaults, startTimeout, output, revokes, listener);
    }

    MasterToHost.Welcome welcome(String address) {
        return new MasterToHost.Welcome(address, table.leases().host().toMillis(), defaults);
    }
}
