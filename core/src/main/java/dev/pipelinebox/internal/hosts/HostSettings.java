package dev.pipelinebox.internal.hosts;

import java.time.Duration;

/**
 * How a master treats its hosts.
 *
 * @param leases who may run for how long
 * @param silentAfter after how long without a word a host gets no more workers
 * @param protocol the version of the protocol that this master speaks
 * @param classFeature the feature version of Java that the worker's classes need
 * @param rest what follows failed starts
 */
public record HostSettings(LeaseTimes leases, Duration silentAfter, int protocol, int classFeature, Rest rest) {

    /**
     * What follows failed starts on one host.
     *
     * @param maxFailures after this many in a row the host gets no workers for some time
     * @param min for how long at first; it doubles with each further failure
     * @param max the longest time
     */
    public record Rest(int maxFailures, Duration min, Duration max) {}
}
