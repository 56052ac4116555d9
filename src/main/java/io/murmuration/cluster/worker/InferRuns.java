package io.murmuration.cluster.worker;

import io.murmuration.batch.CompiledModel;
import io.murmuration.batch.DirectInference;
import io.murmuration.batch.InferenceResult;
import io.murmuration.cluster.task.InferredStep;
import io.murmuration.inference.AgentState;
import io.murmuration.inference.AgentStateCodec;
import io.murmuration.inference.ResultLayout.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.Function;

/** What a worker does with the agents of a model: the answers are in the order of the runs. */
public final class InferRuns implements Function<ModelRuns, WorkerAnswer> {
    private static final long serialVersionUID = 1L;

    private final long seed;

    /**
     * @param seed of stochastic choices
     */
    public InferRuns(long seed) {
        this.seed = seed;
    }

    @Override
    public WorkerAnswer call(ModelRuns input) {
        long start = System.nanoTime();
        CompiledModel model = input.model().value().compiled();
        Answers answers = new Answers(model);
        DirectInference inference = DirectInference.start(model, input.runs().size(), seed, answers);
        int observations = 0;
        for (RunInput run : input.runs()) {
            Optional<AgentState> from =
                    run.state().length == 0 ? Optional.empty() : Optional.of(AgentStateCodec.decode(run.state()));
            inference.accept(run.agent(), from, times(run, from), run.observations(), run.actions());
            observations += run.times().length;
        }
        inference.finish();
        long nanoseconds = System.nanoTime() - start;
        long each = nanoseconds / observations;
        return new WorkerAnswer(
                SparkEnv.get().executorId(),
                input.runs().stream()
                        .map(run -> new RunOutput(
                                answers.steps.get(run.agent()),
                                AgentStateCodec.encode(answers.states.get(run.agent())),
                                each))
                        .toList(),
                nanoseconds);
    }

    private static long[] times(RunInput run, Optional<AgentState> from) {
        long[] times = run.times().clone();
        long place = from.map(AgentState::steps).orElse(0L);
        for (int row = 0; row < times.length; row++, place++) {
            if (times[row] == RunInput.PLACE) {
                times[row] = place;
            }
        }
        return times;
    }

    /** Takes what is inferred out of the blocks. */
    private static final class Answers implements DirectInference.Sink {
        private final List<Column> columns;
        private final Map<String, List<InferredStep>> steps = new HashMap<>();
        private final Map<String, AgentState> states = new HashMap<>();

        Answers(CompiledModel model) {
            columns = model.layout().columns().stream().filter(Column::standard).toList();
        }

        @Override
        public void results(InferenceResult result) {
            List<InferredStep> ofAgent = steps.computeIfAbsent(result.agent(), unused -> new ArrayList<>());
            for (int row = 0; row < result.rows(); row++) {
                int at = row;
                ofAgent.add(new InferredStep(
                        result.time(row),
                        columns.stream()
                                .map(column -> new InferredStep.Column(
                                        column.name(), column.kind(), result.values(at, column)))
                                .toList()));
            }
        }

        @Override
        public void agentEnded(String agent, AgentState state) {
            states.put(agent, state);
        }
    }
}
