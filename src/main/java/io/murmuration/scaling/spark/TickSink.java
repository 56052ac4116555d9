package io.murmuration.scaling.spark;

import java.io.IOException;

/** Whoever wants to know of each tick of the control loop. Called on the loop's thread. */
interface TickSink {
    /** What it writes, to begin a sentence with. */
    String name();

    void accept(TickRecord tick) throws IOException;
}
