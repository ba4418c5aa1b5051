package dev.pipelinebox.containers;

import java.util.ArrayList;
import java.util.List;

/** Takes nearly all the heap that a JVM may have. */
final class Heap {

    private static final int BLOCK = 1 << 20;

    private Heap() {}

    /** Holds so much of it that the program can go on, and fills the rest, which is for new objects, with garbage. */
    static List<byte[]> fill() {
        int blocks = (int) (Runtime.getRuntime().maxMemory() / BLOCK);
        List<byte[]> held = new ArrayList<>();
        for (int block = 0; block < blocks * 55 / 100; block++) {
            held.add(new byte[BLOCK]);
        }
        for (int block = 0; block < blocks; block++) {
            held.set(0, new byte[BLOCK]);
        }
        return held;
    }
}
