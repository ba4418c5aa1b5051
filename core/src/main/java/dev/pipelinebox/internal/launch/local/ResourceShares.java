package dev.pipelinebox.internal.launch.local;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** The shares of the workers of one master. Thread-safe. */
final class ResourceShares {

    private final IntFunction<ResourceShare> ofOneOf;
    private final AtomicInteger announced = new AtomicInteger();
    private final Set<Integer> settled = ConcurrentHashMap.newKeySet();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Map<Integer, ResourceShare> given = new ConcurrentHashMap<>();

    /** Shares of what this function divides by a number of workers. */
    ResourceShares(IntFunction<ResourceShare> ofOneOf) {
        this.ofOneOf = ofOneOf;
    }

    /** So many workers are going to be added: those that are started before them leave room for them. */
    void onAnnounced(int workers) {
        announced.addAndGet(workers);
    }

    /** A worker that was announced is asked for, or will never be; the calls after the first for it do nothing. */
    void onSettled(int index) {
        if (index >= 0 && settled.add(index)) {
            announced.decrementAndGet();
        }
    }

    /** A worker is going to be started: those before it leave room for it. */
    void onAsked(int index) {
        waiting.incrementAndGet();
        onSettled(index);
    }

    /** One that was asked for is started now. */
    void onTaken() {
        waiting.decrementAndGet();
    }

    /**
     * The share of a worker that is started now, while so many run.
     *
     * @param index the worker's; a replacement has the same and gets what the process before it had. Negative for a spare.
     */
    ResourceShare share(int index, int living) {
        int workers = 1 + living + waiting.get() + announced.get();
        return index < 0 ? ofOneOf.apply(workers) : given.computeIfAbsent(index, fresh -> ofOneOf.apply(workers));
    }
}
