package io.murmuration.batch;

import java.util.List;
import java.util.Optional;

/**
 * How inference is done, wherever observations come from and results go.
 *
 * @param columns what the observations' columns are called
 * @param select names of the result columns; empty for the standard ones
 * @param seed of stochastic choices
 * @param precision in which results are stored
 * @param partitions into how many parts agents are divided; empty to go by the size of the input
 * @param lanes how many agents share a block
 * @param clustered whether each agent's rows are already together and in order, so that nothing needs to be moved
 * @param step of time at which observations that are left out are inserted: an integer, or a duration where times are
 *     timestamps; empty where rows are taken as they come
 * @param smoothing of the results
 */
public record InferenceOptions(
        ObservationColumns columns,
        List<String> select,
        long seed,
        Precision precision,
        Optional<Integer> partitions,
        int lanes,
        boolean clustered,
        Optional<String> step,
        Smoothing smoothing) {
    /** Those of a job without options. */
    public static final InferenceOptions DEFAULTS = new InferenceOptions(
            ObservationColumns.STANDARD,
            List.of(),
            0,
            Precision.DOUBLE,
            Optional.empty(),
            BlockSize.DEFAULT_LANES,
            false,
            Optional.empty(),
            new Smoothing.None());

    public InferenceOptions {
        select = List.copyOf(select);
    }
}
