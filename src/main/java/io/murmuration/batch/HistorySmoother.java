package io.murmuration.batch;

import io.murmuration.batch.Smoothing.FixedLag;
import io.murmuration.batch.Smoothing.WholeHistory;
import io.murmuration.inference.InferenceKernel;
import io.murmuration.inference.ObservationBlock;
import io.murmuration.inference.ResultBlock;
import io.murmuration.inference.ResultLayout;
import io.murmuration.inference.ResultLayout.Column;
import io.murmuration.inference.Smoother;
import java.util.Arrays;

/** Adds forward–backward beliefs to the filtered ones of a lane, in columns of their own behind those of the kernel. */
abstract class HistorySmoother {
    private final ResultLayout layout;

    private HistorySmoother(ResultLayout layout) {
        this.layout = layout;
    }

    static HistorySmoother of(InferenceKernel kernel, Smoothing smoothing) {
        if (smoothing instanceof FixedLag lag) {
            return new Backward(kernel, lag.rows());
        }
        return smoothing instanceof WholeHistory ? new Backward(kernel, Integer.MAX_VALUE) : new Filtered(kernel);
    }

    /** The kernel's columns, and behind them those that are added. */
    final ResultLayout layout() {
        return layout;
    }

    /** How many later rows a row's belief waits for. */
    abstract int lag();

    /** Whether a row's belief waits for all later rows, however many there are. */
    final boolean needsWholeHistory() {
        return lag() == Integer.MAX_VALUE;
    }

    /**
     * Smooths rows 0 to {@code ready - 1} of a lane.
     *
     * @param end how many rows there are; none comes later, or those that come are further ahead than anybody looks
     */
    abstract void smooth(ObservationBlock observations, ResultBlock results, int lane, int ready, int end);

    /** Adds nothing. */
    private static final class Filtered extends HistorySmoother {
        Filtered(InferenceKernel kernel) {
            super(kernel.layout());
        }

        @Override
        int lag() {
            return 0;
        }

        @Override
        void smooth(ObservationBlock observations, ResultBlock results, int lane, int ready, int end) {}
    }

    /** Runs backwards from the last row that a belief takes into account. */
    private static final class Backward extends HistorySmoother {
        private final Smoother smoother;
        private final int lag;
        private final int filterOffset;
        private final int filterWidth;
        private final int actionWidth;
        private final int actionOffset;
        private final int smoothedOffset;

        Backward(InferenceKernel kernel, int lag) {
            super(kernel.layout().followedBy(kernel.smoother().columns()));
            this.lag = lag;
            smoother = kernel.smoother();
            filterOffset = kernel.layout().filterOffset();
            filterWidth = kernel.layout().filterWidth();
            actionWidth = kernel.actionWidth();
            actionOffset = kernel.layout()
                    .find(ResultLayout.ACTION)
                    .map(Column::offset)
                    .orElse(0);
            smoothedOffset = kernel.layout().width();
        }

        @Override
        int lag() {
            return lag;
        }

        @Override
        void smooth(ObservationBlock observations, ResultBlock results, int lane, int ready, int end) {
            double[] filtered = new double[end * filterWidth];
            double[] actions = new double[end * actionWidth];
            for (int row = 0; row < end; row++) {
                for (int i = 0; i < filterWidth; i++) {
                    filtered[row * filterWidth + i] = results.get(row, filterOffset + i, lane);
                }
                for (int e = 0; e < actionWidth; e++) {
                    double recorded = observations.action(row, e, lane);
                    actions[row * actionWidth + e] =
                            Double.isNaN(recorded) ? results.get(row, actionOffset + e, lane) : recorded;
                }
            }
            if (ready == end && lag >= end) {
                write(smooth(filtered, actions, 0, end), results, lane, 0, end);
                return;
            }
            for (int row = 0; row < ready; row++) {
                int last = Math.min(end - row, lag + 1);
                write(smooth(filtered, actions, row, row + last), results, lane, row, 1);
            }
        }

        /** Smoothed values of the rows from one on, had the history ended before another. */
        private double[] smooth(double[] filtered, double[] actions, int from, int end) {
            double[] smoothed = new double[(end - from) * smoother.width()];
            smoother.smooth(
                    end - from,
                    Arrays.copyOfRange(filtered, from * filterWidth, end * filterWidth),
                    Arrays.copyOfRange(actions, from * actionWidth, end * actionWidth),
                    smoothed);
            return smoothed;
        }

        private void write(double[] smoothed, ResultBlock results, int lane, int firstRow, int rows) {
            for (int row = 0; row < rows; row++) {
                for (int i = 0; i < smoother.width(); i++) {
                    results.set(firstRow + row, smoothedOffset + i, lane, smoothed[row * smoother.width() + i]);
                }
            }
        }
    }
}
