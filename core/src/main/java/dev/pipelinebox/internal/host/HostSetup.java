package dev.pipelinebox.internal.host;

import akka.actor.Address;
import dev.pipelinebox.internal.hosts.HostFacts;
import dev.pipelinebox.internal.launch.blob.BlobStore;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a host is.
 *
 * @param master the address of the master's system
 * @param facts what it says of itself
 * @param serial the number of its certificate
 * @param store where code is kept
 * @param cache where class-data archives are kept
 * @param javaHome the Java installation of workers that ask for none
 * @param onWelcome is told the name of the host when the master has let it in
 */
record HostSetup(
        Address master,
        HostFacts facts,
        String serial,
        BlobStore store,
        Path cache,
        Path javaHome,
        Consumer<String> onWelcome) {}
