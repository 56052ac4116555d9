package io.murmuration.batch;

import io.murmuration.inference.AgentState;
import org.apache.spark.sql.catalyst.InternalRow;

/** Where a partition's results go, agent by agent. */
public interface InferenceSink {

    /** Results of some of an agent's steps; they are overwritten when this returns. */
    void results(InferenceResult result);

    /** An agent's history has ended. */
    void agentEnded(int model, String agent, long lastTime, AgentState state);

    /** A row cannot be used. */
    void rejected(InternalRow raw, Rejection rejection);

    /** A row is equal to another of the same key. */
    void duplicate();

    /** A missing observation was put into a gap. */
    void inserted();
}
