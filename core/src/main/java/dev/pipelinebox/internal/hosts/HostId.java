package dev.pipelinebox.internal.hosts;

/**
 * A host from its joining until it leaves or is lost. If the machine joins again, that is another one of the same name.
 *
 * @param name the name of the machine
 * @param incarnation what tells it from others of that name, such as the number of its actor system
 */
public record HostId(String name, long incarnation) {

    @Override
    public String toString() {
        return "host " + name;
    }
}
