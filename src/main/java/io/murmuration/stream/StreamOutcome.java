package io.murmuration.stream;

import io.murmuration.batch.TimeType;
import io.murmuration.summary.RunSummary;
import java.util.List;

/**
 * Where a stream stands at its end.
 *
 * @param counts what became of all rows since it was begun
 * @param agents how many agents have a state
 * @param batch the last micro-batch; −1 if there was none yet
 * @param statePartitions into how many parts agents are divided
 * @param summaries of the results, a model each
 * @param run what was done from this start to the end
 */
public record StreamOutcome(
        StreamCounts counts, long agents, long batch, int statePartitions, List<RunSummary> summaries, StreamRun run) {

    /**
     * Where a stream stands.
     *
     * @param progress since it was begun
     * @param agents how many have a state
     * @param time what the time of observations is
     */
    public static StreamOutcome of(
            StreamProgress progress, long agents, int statePartitions, TimeType time, StreamRun run) {
        return new StreamOutcome(
                progress.total().counts(),
                agents,
                progress.batch(),
                statePartitions,
                progress.total().findings().statistics().stream()
                        .map(statistics -> statistics.summary(time::written))
                        .toList(),
                run);
    }
}
