package io.murmuration.batch;

import java.util.List;
import java.util.Optional;

/**
 * How a batch is run.
 *
 * @param observations where they are
 * @param output the folder for everything that is written
 * @param format of the tables
 * @param select names of the result columns; empty for the standard ones
 * @param seed of stochastic choices
 * @param precision in which results are stored
 * @param maxRejected more rejected rows than this, and there are no results
 * @param partitions into how many parts agents are divided; empty for Spark's setting
 * @param lanes how many agents share a block
 * @param clustered whether each agent's rows are already together and in order, so that nothing needs to be moved
 * @param initial folder of an earlier run that agents go on from
 */
public record BatchOptions(
        ObservationOptions observations,
        String output,
        TableFormat format,
        List<String> select,
        long seed,
        Precision precision,
        long maxRejected,
        Optional<Integer> partitions,
        int lanes,
        boolean clustered,
        Optional<String> initial) {}
