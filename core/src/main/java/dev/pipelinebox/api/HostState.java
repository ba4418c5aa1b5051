package dev.pipelinebox.api;

/** Whether a host gets workers. */
public enum HostState {
    /** It has connected; whether both sides reach each other is being tried. */
    JOINED,

    /** It gets workers. */
    SUITABLE,

    /** It cannot run this master's workers; {@link HostHandle#reason()} says why. */
    UNSUITABLE,

    /** It has not been heard from for some seconds. It gets no workers until it is. */
    SILENT,

    /** It gets no more workers, and those that it has end when their tasks have. */
    DRAINING,

    /** It was drained and has no workers. */
    DRAINED,

    /** It has left, or was given up after a long silence. If it joins again, that is another host. */
    LOST
}
