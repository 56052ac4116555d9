package io.murmuration.summary;

/**
 * A micro-batch of a stream, or several that followed each other.
 *
 * @param batch the last of them
 * @param rows that came in
 * @param seconds that it took to infer and to put in place
 * @param alerts rows that surprised their agent
 * @param latency of the rows that went out
 */
public record StreamMoment(long batch, long rows, double seconds, long alerts, Latency latency) {

    /** Rows a second of work; 0 where there was none. */
    public double rowsPerSecond() {
        return seconds > 0 ? rows / seconds : 0;
    }

    /** Both as one, of which the latencies are the higher ones: what was slow must not be lost. */
    StreamMoment and(StreamMoment next) {
        return new StreamMoment(
                next.batch,
                rows + next.rows,
                seconds + next.seconds,
                alerts + next.alerts,
                latency.orHigher(next.latency));
    }
}
