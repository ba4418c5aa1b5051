package dev.pipelinebox.internal.link.host;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.pipelinebox.internal.hosts.HostFacts;

/**
 * Who a host is.
 *
 * @param incarnation tells two processes of one host apart
 * @param serial the serial number of its certificate
 * @param facts what it has
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record Hello(long incarnation, String serial, HostFacts facts) {

    /** The version of the messages between masters and hosts. It grows with each change that an older end would not understand. */
    public static final int PROTOCOL = 1;
}
