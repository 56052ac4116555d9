package io.murmuration.batch;

import io.murmuration.inference.AgentState;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Inference over observations that are at hand and need not be read from a table: agents of one model share blocks as in a
 * batch. One thread at a time.
 */
public final class DirectInference {
    private final BlockRunner runner;

    /** Where results go. */
    public interface Sink {
        /** Results of some of an agent's steps; they are overwritten when this returns. */
        void results(InferenceResult result);

        /** All that there was of an agent is done. */
        void agentEnded(String agent, AgentState state);
    }

    private DirectInference(BlockRunner runner) {
        this.runner = runner;
    }

    /** A model ready to run, which several of these may share. */
    public static CompiledModel compile(Fleet.Member member) {
        return CompiledModel.of(member, new Smoothing.None());
    }

    /**
     * Starts.
     *
     * @param agents how many there will be, about
     * @param seed of stochastic choices
     */
    public static DirectInference start(CompiledModel model, int agents, long seed, Sink sink) {
        BlockSize size = BlockSize.of(model, Math.min(agents, BlockSize.DEFAULT_LANES), new Smoothing.None());
        return new DirectInference(new BlockRunner(model, size, seed, new Adapter(sink)));
    }

    /**
     * Takes an agent's next observations, which may wait for others to share a block with.
     *
     * @param agent the agent's id, another one each time
     * @param from where it goes on from; empty where it begins
     * @param times of the observations, one a row
     * @param observations {@code [row][element]} as {@link ObservationForm} has them, one row after the other
     * @param actions {@code [row][element]}, likewise
     * @throws CallerException if it cannot go on from there with this model
     */
    public void accept(String agent, Optional<AgentState> from, long[] times, double[] observations, double[] actions) {
        runner.accept(new ObservationBatch(
                0,
                agent,
                0,
                true,
                from.map(state -> new ObservationBatch.Resumed(times[0] - 1, state)),
                times.length,
                times,
                observations,
                actions));
    }

    /** Infers what still waits. */
    public void finish() {
        runner.flush();
    }

    /** No table is read: no row can be rejected, left out or there twice. */
    private record Adapter(Sink sink) implements InferenceSink {
        @Override
        public void results(InferenceResult result) {
            sink.results(result);
        }

        @Override
        public void agentEnded(int model, String agent, long lastTime, AgentState state) {
            sink.agentEnded(agent, state);
        }

        @Override
        public void rejected(InternalRow raw, Rejection rejection) {
            throw new IllegalStateException("There is no row that could be rejected: " + rejection);
        }

        @Override
        public void duplicate() {
            throw new IllegalStateException("There is no row that could be there twice");
        }

        @Override
        public void inserted() {
            throw new IllegalStateException("There is no gap that could be filled");
        }
    }
}
