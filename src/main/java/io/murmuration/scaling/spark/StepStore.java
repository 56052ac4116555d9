package io.murmuration.scaling.spark;

import io.murmuration.scaling.plant.PlantStep;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;

/** The port through which tasks write down the steps of a backtest, one by one; it travels to executors. */
public interface StepStore extends Serializable {
    /** Begins to write the steps of a run, apart from those of every other attempt at it. */
    Steps open(String trace, BacktestTask task) throws IOException;

    /** The steps of one run. */
    interface Steps extends Closeable {
        void add(PlantStep step) throws IOException;

        /** Where they are, for the driver to find them. */
        String location();
    }
}
