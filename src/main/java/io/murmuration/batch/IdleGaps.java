package io.murmuration.batch;

import io.murmuration.batch.ObservationBatch.Resumed;
import java.util.Optional;

/** Observations, in which an agent that was idle for long begins anew. */
final class IdleGaps implements ObservationCursor {
    private final ObservationCursor rows;
    private final long idle;

    private int model = -1;
    private String agent = "";
    private long time;
    /** Of the observation before the current one. */
    private long timeBefore;

    private boolean begins;

    /** @param idle the time after which an agent begins anew, more than 0, in the unit of the times */
    IdleGaps(ObservationCursor rows, long idle) {
        this.rows = rows;
        this.idle = idle;
    }

    @Override
    public boolean advance() {
        if (!rows.advance()) {
            return false;
        }
        boolean goesOn = rows.resumed().isEmpty()
                && rows.model() == model
                && rows.agent().equals(agent);
        long distance = rows.time() - time;
        // Times far apart overflow to a negative distance.
        begins = goesOn && (distance >= idle || distance < 0);
        model = rows.model();
        agent = rows.agent();
        timeBefore = time;
        time = rows.time();
        return true;
    }

    @Override
    public boolean begins() {
        return begins;
    }

    @Override
    public int model() {
        return rows.model();
    }

    @Override
    public String agent() {
        return rows.agent();
    }

    @Override
    public long time() {
        return rows.time();
    }

    @Override
    public Optional<Resumed> resumed() {
        return rows.resumed();
    }

    @Override
    public double[] observation() {
        return rows.observation();
    }

    @Override
    public double[] action() {
        return rows.action();
    }

    /** A row that cannot be used is no sign of life. */
    @Override
    public void reject(Rejection rejection) {
        time = timeBefore;
        rows.reject(rejection);
    }
}
