package io.murmuration.scaling.spark;

import java.io.IOException;

/** Whoever wants to know of each tick of the control loop. Called on the loop's thread. */
interface TickSink {
    void accept(TickRecord tick) throws IOException;
}
