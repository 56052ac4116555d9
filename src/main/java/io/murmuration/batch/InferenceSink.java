package io.murmuration.batch;

import io.murmuration.inference.AgentState;
import io.murmuration.inference.ObservationBlock;
import io.murmuration.inference.ResultBlock;
import org.apache.spark.sql.catalyst.InternalRow;

/** Where a partition's results go, agent by agent. */
interface InferenceSink {

    /**
     * Results of some of an agent's steps.
     *
     * @param model the place of the agent's model in the fleet
     * @param steps where they stand
     */
    void results(int model, String agent, Steps steps);

    /**
     * Where steps of one agent stand.
     *
     * @param observations and their times
     * @param results of the same rows and lane
     * @param lane which lane of both
     * @param rows how many, from row 0 of both
     * @param firstStep how many steps the agent had taken before row 0
     */
    record Steps(ObservationBlock observations, ResultBlock results, int lane, int rows, long firstStep) {}

    /** An agent's history has ended. */
    void agentEnded(int model, String agent, long lastTime, AgentState state);

    /** A row cannot be used. */
    void rejected(InternalRow raw, Rejection rejection);

    /** A row is equal to another of the same key. */
    void duplicate();

    /** A missing observation was put into a gap. */
    void inserted();
}
