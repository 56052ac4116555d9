package io.murmuration.batch;

import io.murmuration.batch.ObservationBatch.Resumed;
import io.murmuration.batch.Rejection.Code;
import java.util.Arrays;
import java.util.Optional;

/**
 * Observations at a regular step of time: where an agent's rows leave out steps, missing observations stand in for them,
 * so that the dynamics advance once a step. A row that is not a whole number of steps after the one before is rejected.
 */
final class RegularTime implements ObservationCursor {
    /** A longer gap is a broken clock sooner than a silent agent, and would fill the disk with rows about nothing. */
    static final long MOST_INSERTED = 1_000_000;

    private final ObservationCursor rows;
    private final Fleet fleet;
    private final long step;
    private final TimeType timeType;
    private final InferenceSink sink;

    private boolean started;
    private int model;
    private String agent = "";
    /** Of the observation that was given last. */
    private long time;
    /** How many are to be inserted before the row that is current. */
    private long gap;

    private double[] nothingSeen = {};
    private double[] nothingDone = {};

    /**
     * @param step more than 0, in the unit of the times
     */
    RegularTime(ObservationCursor rows, Fleet fleet, long step, TimeType timeType, InferenceSink sink) {
        this.rows = rows;
        this.fleet = fleet;
        this.step = step;
        this.timeType = timeType;
        this.sink = sink;
    }

    @Override
    public boolean advance() {
        if (gap > 0) {
            gap--;
            time += step;
            if (gap > 0) {
                sink.inserted();
            }
            return true;
        }
        while (rows.advance()) {
            if (!follows()) {
                begin();
                return true;
            }
            if (fits()) {
                long steps = (rows.time() - time) / step;
                time += step;
                gap = steps - 1;
                if (gap > 0) {
                    sink.inserted();
                }
                return true;
            }
        }
        return false;
    }

    /** Whether the current row is a later one of the same agent. */
    private boolean follows() {
        return started
                && rows.resumed().isEmpty()
                && !rows.begins()
                && rows.model() == model
                && rows.agent().equals(agent);
    }

    private void begin() {
        started = true;
        model = rows.model();
        agent = rows.agent();
        time = rows.time();
        nothingSeen = missing(nothingSeen, fleet.model(model).observationWidth());
        nothingDone = missing(nothingDone, fleet.model(model).actionWidth());
    }

    private static double[] missing(double[] present, int width) {
        if (present.length == width) {
            return present;
        }
        double[] missing = new double[width];
        Arrays.fill(missing, Double.NaN);
        return missing;
    }

    /** Rejects the current row if no whole number of steps, or far too many, lead to it. */
    private boolean fits() {
        long distance = rows.time() - time;
        // Times far apart overflow to a negative distance: also too far.
        boolean near = distance > 0 && distance / step <= MOST_INSERTED;
        if (near && distance % step == 0) {
            return true;
        }
        rows.reject(new Rejection(
                Code.OFF_STEP,
                "Agent \"" + agent + "\" has a row at " + timeType.show(rows.time()) + ", which is "
                        + (near ? "no whole number of" : "more than " + MOST_INSERTED) + " steps (--step) after "
                        + timeType.show(time)));
        return false;
    }

    private boolean inserting() {
        return gap > 0;
    }

    @Override
    public int model() {
        return model;
    }

    @Override
    public String agent() {
        return agent;
    }

    @Override
    public long time() {
        return time;
    }

    @Override
    public Optional<Resumed> resumed() {
        return inserting() ? Optional.empty() : rows.resumed();
    }

    @Override
    public boolean begins() {
        return !inserting() && rows.begins();
    }

    @Override
    public double[] observation() {
        return inserting() ? nothingSeen : rows.observation();
    }

    @Override
    public double[] action() {
        return inserting() ? nothingDone : rows.action();
    }

    @Override
    public void reject(Rejection rejection) {
        if (inserting()) {
            throw new IllegalStateException("An observation that no row holds cannot be rejected");
        }
        rows.reject(rejection);
    }
}
