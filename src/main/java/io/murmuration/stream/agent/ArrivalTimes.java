package io.murmuration.stream.agent;

import io.murmuration.summary.QuantileSketch;
import java.io.Serializable;

/** When rows came to their source, as a mergeable sketch: of how long ago that was at a moment of its own. */
public final class ArrivalTimes implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final double MICROS = 1e-6;
    private static final double MILLIS = 1e-3;

    private final long nowMillis;
    private final QuantileSketch ages = new QuantileSketch();
    private long latestMicros = Long.MIN_VALUE;

    /** @param nowMillis the moment, by the clock of this machine */
    public ArrivalTimes(long nowMillis) {
        this.nowMillis = nowMillis;
    }

    /**
     * Adds a row that is inferred.
     *
     * @param micros since the epoch
     */
    public void add(long micros) {
        ages.add(nowMillis * MILLIS - micros * MICROS);
    }

    /**
     * Adds a row that was taken from its source, whether or not it is inferred yet.
     *
     * @param micros since the epoch
     */
    public void taken(long micros) {
        latestMicros = Math.max(latestMicros, micros);
    }

    /** Seconds from arrival to another moment, of every row. */
    public QuantileSketch until(long millis) {
        return ages.shifted((millis - nowMillis) * MILLIS);
    }

    /** The latest arrival of rows taken, in microseconds since the epoch; {@link Long#MIN_VALUE} where there is none. */
    public long latestMicros() {
        return latestMicros;
    }
}
