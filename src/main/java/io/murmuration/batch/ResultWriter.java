package io.murmuration.batch;

import io.murmuration.inference.AgentState;
import io.murmuration.inference.CountLearning;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;

/** Makes rows of the results of a task, and gathers what is found in them and what their agents have learned. */
public final class ResultWriter {
    private final OutputTables tables;
    private final List<CompiledModel> models;
    private final Consumer<InternalRow> out;
    /** A buffer a model; null before its first results. */
    private final ResultTable.Rows[] rows;

    private final ResultStatistics[] statistics;
    /** By model: increments summed over agents, where counts are learned by the population. */
    private final TreeMap<Integer, IncrementSums> population = new TreeMap<>();

    private long written;

    /** @param out takes rows of the results, which are views that end when it returns */
    public ResultWriter(OutputTables tables, List<CompiledModel> models, Consumer<InternalRow> out) {
        this.tables = tables;
        this.models = models;
        this.out = out;
        rows = new ResultTable.Rows[models.size()];
        statistics = models.stream()
                .map(model -> new ResultStatistics(model.layout()))
                .toArray(ResultStatistics[]::new);
    }

    public void write(InferenceResult result) {
        int model = result.model();
        if (rows[model] == null) {
            rows[model] = tables.resultTable()
                    .rows(models.get(model), tables.results().schema(), out);
        }
        statistics[model].add(result);
        rows[model].add(result);
        written += result.rows();
    }

    /** All results of an agent have come by. */
    public void agentEnded(int model, String agent) {
        statistics[model].agentEnded(agent);
    }

    /**
     * Takes what an agent has learned when it ends.
     *
     * @return its own counts; empty where it learns none, or the population does, whose sums now have its increments
     * @throws CallerException if the state is none of the model's
     */
    public Optional<CountLearning.Learned> learned(int model, String agent, AgentState state) {
        CountLearning learning = models.get(model).kernel().learning();
        if (learning.width() == 0) {
            return Optional.empty();
        }
        try {
            if (!learning.ofPopulation()) {
                return Optional.of(learning.learned(state));
            }
            population
                    .computeIfAbsent(model, m -> IncrementSums.of(learning.width()))
                    .add(learning.increments(state));
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw models.get(model).misfit(agent, e);
        }
    }

    /** Rows so far. */
    public long written() {
        return written;
    }

    /** Writes what is left, and says what was found. */
    public Findings finish() {
        for (ResultTable.Rows left : rows) {
            if (left != null) {
                left.flush();
            }
        }
        return new Findings(
                Arrays.stream(statistics).map(ResultStatistics::state).toList(), population);
    }
}
