package io.murmuration.batch;

import io.murmuration.batch.ObservationBatch.Resumed;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** Observations in runs of one agent, each of a bounded number of rows; read lazily. */
final class ObservationBatches implements Iterator<ObservationBatch> {
    private final ObservationCursor source;
    private final Fleet fleet;
    private final IntUnaryOperator maxRows;
    private boolean more;
    private int run;

    /**
     * @param maxRows how many rows a run of a model has at most, by the model's place in the fleet
     */
    ObservationBatches(ObservationCursor source, Fleet fleet, IntUnaryOperator maxRows) {
        this.source = source;
        this.fleet = fleet;
        this.maxRows = maxRows;
        more = source.advance();
    }

    @Override
    public boolean hasNext() {
        return more;
    }

    @Override
    public ObservationBatch next() {
        if (!more) {
            throw new NoSuchElementException();
        }
        int model = source.model();
        String agent = source.agent();
        int observationWidth = fleet.model(model).observationWidth();
        int actionWidth = fleet.model(model).actionWidth();
        int limit = maxRows.applyAsInt(model);
        int capacity = Math.min(limit, 32);
        long[] times = new long[capacity];
        double[] observations = new double[capacity * observationWidth];
        double[] actions = new double[capacity * actionWidth];
        Optional<Resumed> resumed = source.resumed();
        if (resumed.isPresent()) {
            more = source.advance();
        }
        int rows = 0;
        // The first one belongs to its own run, even where the agent begins anew with it.
        boolean same = resumed.isEmpty() || belongs(model, agent);
        while (same && rows < limit) {
            if (rows == capacity) {
                capacity = Math.min(limit, 2 * capacity);
                times = Arrays.copyOf(times, capacity);
                observations = Arrays.copyOf(observations, capacity * observationWidth);
                actions = Arrays.copyOf(actions, capacity * actionWidth);
            }
            times[rows] = source.time();
            System.arraycopy(source.observation(), 0, observations, rows * observationWidth, observationWidth);
            System.arraycopy(source.action(), 0, actions, rows * actionWidth, actionWidth);
            rows++;
            more = source.advance();
            same = belongs(model, agent);
        }
        ObservationBatch batch =
                new ObservationBatch(model, agent, run, !same, resumed, rows, times, observations, actions);
        run = same ? run + 1 : 0;
        return batch;
    }

    private boolean belongs(int model, String agent) {
        return more
                && source.model() == model
                && source.resumed().isEmpty()
                && !source.begins()
                && source.agent().equals(agent);
    }
}
