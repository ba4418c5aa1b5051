package dev.pipelinebox.internal.bootstrap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a worker process is told over its standard input, after its {@link EarlyBootstrap}: whose worker it is. Nothing of it
 * appears on the command line.
 *
 * @param index the worker's number
 * @param process the number of the process among all that the master started, from 1
 * @param token the one-time token that its first message has to carry
 * @param masterRef the master's end of the link if that is Artery's, a serialised actor reference; empty otherwise
 * @param masterPid the caller's process
 * @param workerClass the user's class
 * @param parameters the encoded argument of its constructor
 * @param settings the worker's share of the configuration
 */
public record Bootstrap(
        int index,
        long process,
        OneTimeToken token,
        String masterRef,
        long masterPid,
        String workerClass,
        byte @Nullable [] parameters,
        WorkerSettings settings) {

    /** The exit code of a worker process that ended itself because its master was gone; it stands for no signal. */
    public static final int MASTER_LOST_EXIT = 243;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What of this a process may know before it is known whose worker it is. */
    public EarlyBootstrap early() {
        return new EarlyBootstrap(process, masterPid, settings.process());
    }

    /** The same for a process that connects to the socket in this directory. */
    public Bootstrap connectingIn(Path directory) {
        return new Bootstrap(
                index, process, token, masterRef, masterPid, workerClass, parameters, settings.connectingIn(directory));
    }

    /** The same for a process on another machine, whose host connects to this end of the link; without any key. */
    public Bootstrap relayedFrom(String address) {
        return new Bootstrap(index, process, token, address, masterPid, workerClass, parameters, settings.onHost());
    }

    /** The same for a child of a host that relays its link. */
    public Bootstrap onHost(long hostPid) {
        return new Bootstrap(index, process, token, "", hostPid, workerClass, parameters, settings);
    }

    /** As text, for {@link #readJson}. */
    public byte[] json() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Reads it from text.
     *
     * @throws IOException if the text is something else
     */
    public static Bootstrap readJson(byte[] json) throws IOException {
        return JSON.readValue(json, Bootstrap.class);
    }

    /** Parameters and settings may hold secrets. */
    @Override
    public String toString() {
        return "bootstrap of worker " + index + ", process " + process;
    }

    /**
     * Writes this to a worker's standard input.
     *
     * @param out the stream; it is flushed and stays open
     * @throws IOException if the process does not read
     */
    public void writeTo(OutputStream out) throws IOException {
        LengthPrefixed.write(JSON.writeValueAsBytes(this), out);
    }

    /**
     * Reads it in the worker.
     *
     * @param in standard input; nothing behind this object is read
     * @return the object
     * @throws IOException if the input ends early or is something else
     */
    public static Bootstrap readFrom(InputStream in) throws IOException {
        ObjectReader madeWhileItIsAwaited = JSON.readerFor(Bootstrap.class);
        return madeWhileItIsAwaited.readValue(LengthPrefixed.read(in));
    }
}
