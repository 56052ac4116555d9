package io.murmuration.batch;

import io.murmuration.inference.AgentState;
import io.murmuration.inference.CountLearning;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.InternalRow;

/** Writes all tables of a partition in one pass, into a folder of this attempt alone. */
final class PartitionWriter implements InferenceSink, AutoCloseable {
    private final OutputTables tables;
    private final List<CompiledModel> models;
    private final int partition;
    private final TableFiles files;

    private final ResultTable.Rows[] rows;
    private final ResultStatistics[] statistics;
    /** By model: increments summed over agents, where counts are learned by the population. */
    private final TreeMap<Integer, IncrementSums> population = new TreeMap<>();

    private final Map<String, Long> rejected = new TreeMap<>();
    private final long startNanos = System.nanoTime();
    private long rowsWritten;
    private long rowsInserted;
    private long duplicates;
    private long agents;

    PartitionWriter(OutputTables tables, List<CompiledModel> models, String folder, int partition) {
        this.tables = tables;
        this.models = models;
        this.partition = partition;
        files = new TableFiles(folder, partition);
        rows = new ResultTable.Rows[models.size()];
        statistics = models.stream()
                .map(model -> new ResultStatistics(model.layout()))
                .toArray(ResultStatistics[]::new);
        if (partition == 0) {
            openAll();
        }
    }

    /** One partition writes every table, if only its schema: a table without rows is a table. */
    private void openAll() {
        files.open(tables.results());
        files.open(tables.state());
        files.open(tables.rejected());
        if (models.stream()
                .map(model -> model.kernel().learning())
                .anyMatch(learning -> learning.width() > 0 && !learning.ofPopulation())) {
            files.open(tables.learned());
        }
    }

    @Override
    public void results(InferenceResult result) {
        int model = result.model();
        if (rows[model] == null) {
            TableWriterFactory results = tables.results();
            rows[model] = tables.resultTable().rows(models.get(model), results.schema(), files.to(results));
        }
        statistics[model].add(result);
        rows[model].add(result);
        rowsWritten += result.rows();
    }

    @Override
    public void agentEnded(int model, String agent, long lastTime, AgentState state) {
        agents++;
        statistics[model].agentEnded(agent);
        files.write(tables.state(), tables.side().state(models.get(model).name(), agent, lastTime, state));
        CountLearning learning = models.get(model).kernel().learning();
        if (learning.width() > 0 && learning.ofPopulation()) {
            population
                    .computeIfAbsent(model, m -> IncrementSums.of(learning.width()))
                    .add(learning.increments(state));
        } else if (learning.width() > 0) {
            files.write(
                    tables.learned(), tables.side().learned(models.get(model).name(), agent, learning.learned(state)));
        }
    }

    @Override
    public void rejected(InternalRow raw, Rejection rejection) {
        rejected.merge(rejection.code().text(), 1L, Long::sum);
        files.write(tables.rejected(), tables.side().rejected(raw, rejection));
    }

    @Override
    public void duplicate() {
        duplicates++;
    }

    @Override
    public void inserted() {
        rowsInserted++;
    }

    /** Writes what is left, closes all files and says what was done. */
    PartitionResult finish(long rowsRead) {
        for (ResultTable.Rows left : rows) {
            if (left != null) {
                left.flush();
            }
        }
        List<String> written = files.finish();
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        RowCounts counts = new RowCounts(rowsRead, rowsWritten, duplicates, rowsInserted, rejected, agents);
        return new PartitionResult(
                new TaskReport(partition, files.folder(), counts, seconds, written),
                new Findings(
                        Arrays.stream(statistics).map(ResultStatistics::state).toList(), population));
    }

    @Override
    public void close() {
        files.close();
    }
}
