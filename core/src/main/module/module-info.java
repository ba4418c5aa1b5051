/**
 * PipelineBox: a process pool, whose workers are JVMs of their own.
 *
 * <p>A module that declares a worker opens its package to this one and to {@code com.fasterxml.jackson.databind}, as it opens
 * the packages of its arguments, results and parameters to the latter.
 */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // Akka has no other modules.
module dev.pipelinebox.core {
    requires transitive akka.actor;
    requires transitive akka.actor.typed;
    requires transitive akka.stream;
    requires transitive typesafe.config;
    requires akka.cluster;
    requires akka.cluster.typed;
    requires akka.remote;
    requires akka.serialization.jackson;
    requires com.fasterxml.jackson.annotation;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.dataformat.cbor;
    requires com.fasterxml.jackson.datatype.jdk8;
    requires com.fasterxml.jackson.datatype.jsr310;
    requires com.fasterxml.jackson.module.paramnames;
    requires java.management;
    requires jdk.management;
    requires jdk.unsupported;
    requires org.reactivestreams;
    requires org.slf4j;
    requires scala.library;
    requires static org.jspecify;

    exports dev.pipelinebox;
    exports dev.pipelinebox.actor;
    exports dev.pipelinebox.api;
    exports dev.pipelinebox.monitor;
    exports dev.pipelinebox.spi;
    exports dev.pipelinebox.testkit;

    // Akka makes objects of classes that its configuration names.
    opens dev.pipelinebox.internal.cluster to
            akka.actor,
            akka.actor.typed;
    opens dev.pipelinebox.internal.link.artery to
            akka.actor;

    // What processes tell each other is JSON and CBOR.
    opens dev.pipelinebox.internal.bootstrap to
            com.fasterxml.jackson.databind;
    opens dev.pipelinebox.internal.codec to
            com.fasterxml.jackson.databind;
    opens dev.pipelinebox.internal.link.message to
            com.fasterxml.jackson.databind;
    opens dev.pipelinebox.internal.task to
            com.fasterxml.jackson.databind;

    // The keys of a master: the API does not know what reads and writes them.
    uses dev.pipelinebox.api.Keys.KeyFiles;
    provides dev.pipelinebox.api.Keys.KeyFiles with
            dev.pipelinebox.internal.cluster.tls.MasterKeys.Files;
}
