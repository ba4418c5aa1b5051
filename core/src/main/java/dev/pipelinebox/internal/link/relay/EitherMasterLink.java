package dev.pipelinebox.internal.link.relay;

import dev.pipelinebox.internal.link.LinkEvent;
import dev.pipelinebox.internal.link.MasterLink;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The master's end for a worker of which it is not known yet where it will run: the way by which it comes first stays. */
public final class EitherMasterLink implements MasterLink {

    private final MasterLink local;
    private final RelayedMasterLink relayed;
    private final List<MasterToWorker> early = new ArrayList<>();
    private @Nullable MasterLink chosen;

    /** Waits for a process on this machine, or on another one. */
    public EitherMasterLink(MasterLink local, RelayedMasterLink relayed) {
        this.local = local;
        this.relayed = relayed;
    }

    /** The way for a process on this machine. */
    public MasterLink local() {
        return local;
    }

    /** Where the host of the worker connects. */
    public CompletionStage<String> relayAddress() {
        return relayed.address();
    }

    private MasterLink chosen() {
        return chosen == null ? local : chosen;
    }

    @Override
    public boolean receive(LinkEvent event) {
        MasterLink way = event instanceof RelayEvent ? relayed : local;
        if (!way.receive(event)) {
            return false;
        }
        if (chosen == null && way.isOpen()) {
            choose(way);
        }
        return true;
    }

    private void choose(MasterLink way) {
        chosen = way;
        (way == local ? relayed : local).close();
        early.forEach(way::send);
        early.clear();
    }

    @Override
    public boolean isOpen() {
        return chosen != null;
    }

    @Override
    public void send(MasterToWorker message) {
        if (chosen == null) {
            early.add(message);
        } else {
            chosen.send(message);
        }
    }

    @Override
    public void onTick() {
        chosen().onTick();
    }

    @Override
    public long delivered() {
        return chosen().delivered();
    }

    @Override
    public boolean isIdle() {
        return chosen().isIdle();
    }

    @Override
    public boolean isQuiet() {
        return chosen().isQuiet();
    }

    @Override
    public long waitingBytes() {
        return chosen().waitingBytes();
    }

    @Override
    public boolean isAtEnd() {
        return chosen().isAtEnd();
    }

    @Override
    public void onProcessExited() {
        if (chosen == null) {
            relayed.onProcessExited();
        }
        chosen().onProcessExited();
    }

    @Override
    public Duration lastTransit() {
        return chosen().lastTransit();
    }

    @Override
    public void close() {
        local.close();
        relayed.close();
    }
}
