package io.murmuration.batch;

import io.murmuration.inference.AgentState;
import io.murmuration.inference.ResultBlock;
import org.apache.spark.sql.catalyst.InternalRow;

/** Where a partition's results go, agent by agent. */
interface InferenceSink {

    /**
     * Results of a run of one agent's steps.
     *
     * @param batch the observations that they belong to
     * @param results where they stand: steps 0 to {@code batch.rows() - 1} of a lane
     * @param lane which lane
     * @param firstStep how many steps the agent had taken before this run
     */
    void results(ObservationBatch batch, ResultBlock results, int lane, long firstStep);

    /** An agent's history has ended. */
    void agentEnded(int model, String agent, long lastTime, AgentState state);

    /** A row cannot be used. */
    void rejected(InternalRow raw, Rejection rejection);

    /** A row is equal to another of the same key. */
    void duplicate();
}
