package io.murmuration.batch;

import io.murmuration.inference.AgentState;
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
    private final ResultWriter results;
    private final Map<String, Long> rejected = new TreeMap<>();
    private final long startNanos = System.nanoTime();
    private long inserted;
    private long duplicates;
    private long agents;

    PartitionWriter(OutputTables tables, List<CompiledModel> models, String folder, int partition) {
        this.tables = tables;
        this.models = models;
        this.partition = partition;
        files = new TableFiles(folder, partition);
        results = new ResultWriter(tables, models, files.to(tables.results()));
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
        results.write(result);
    }

    @Override
    public void agentEnded(int model, String agent, long lastTime, AgentState state) {
        agents++;
        results.agentEnded(model, agent);
        String name = models.get(model).name();
        files.write(tables.state(), tables.side().state(name, agent, lastTime, state));
        results.learned(model, agent, state)
                .ifPresent(
                        learned -> files.write(tables.learned(), tables.side().learned(name, agent, learned)));
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
        inserted++;
    }

    /** Writes what is left, closes all files and says what was done. */
    PartitionResult finish(long rowsRead) {
        Findings findings = results.finish();
        List<String> written = files.finish();
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        RowCounts counts = new RowCounts(rowsRead, results.written(), duplicates, inserted, rejected, agents);
        return new PartitionResult(new TaskReport(partition, files.folder(), counts, seconds, written), findings);
    }

    @Override
    public void close() {
        files.close();
    }
}
