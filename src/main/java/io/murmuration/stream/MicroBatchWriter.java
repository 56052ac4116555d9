package io.murmuration.stream;

import io.murmuration.batch.CompiledModel;
import io.murmuration.batch.Findings;
import io.murmuration.batch.InferenceResult;
import io.murmuration.batch.InferenceSink;
import io.murmuration.batch.Rejection;
import io.murmuration.batch.ResultStatistics;
import io.murmuration.batch.ResultTable;
import io.murmuration.batch.TableFiles;
import io.murmuration.inference.AgentState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.InternalRow;

/** Writes the tables of a task's part of a micro-batch, into a folder of the attempt alone. */
final class MicroBatchWriter implements InferenceSink, AutoCloseable {
    private final StreamTables tables;
    private final List<CompiledModel> models;
    private final TableFiles files;
    private final AgentsAfter agents;
    private final ResultTable.Rows[] rows;
    private final ResultStatistics[] statistics;
    private final Map<String, Long> rejected = new TreeMap<>();
    private long written;
    private long inserted;
    private long late;
    private long duplicates;

    /** Takes where agents stand after their last rows. */
    interface AgentsAfter {
        void ended(int model, String agent, long time, AgentState state);
    }

    MicroBatchWriter(StreamTables tables, List<CompiledModel> models, TableFiles files, AgentsAfter agents) {
        this.tables = tables;
        this.models = models;
        this.files = files;
        this.agents = agents;
        rows = new ResultTable.Rows[models.size()];
        statistics = models.stream()
                .map(model -> new ResultStatistics(model.layout()))
                .toArray(ResultStatistics[]::new);
    }

    @Override
    public void results(InferenceResult result) {
        int model = result.model();
        if (rows[model] == null) {
            rows[model] = tables.output()
                    .resultTable()
                    .rows(
                            models.get(model),
                            tables.output().results().schema(),
                            files.to(tables.output().results()));
        }
        statistics[model].add(result);
        rows[model].add(result);
        written += result.rows();
    }

    @Override
    public void agentEnded(int model, String agent, long lastTime, AgentState state) {
        agents.ended(model, agent, lastTime, state);
    }

    @Override
    public void rejected(InternalRow raw, Rejection rejection) {
        InternalRow row = tables.output().side().rejected(raw, rejection);
        if (rejection.code() == Rejection.Code.LATE) {
            late++;
            files.write(tables.late(), row);
        } else {
            rejected.merge(rejection.code().text(), 1L, Long::sum);
            files.write(tables.output().rejected(), row);
        }
    }

    @Override
    public void duplicate() {
        duplicates++;
    }

    @Override
    public void inserted() {
        inserted++;
    }

    /**
     * Writes what is left, closes all files and says what was done.
     *
     * @param read rows that came in
     * @param held how many more rows are held than before
     * @param arrivals of the rows that were inferred
     */
    MicroBatchPart finish(long read, long held, ArrivalTimes arrivals) {
        for (ResultTable.Rows left : rows) {
            if (left != null) {
                left.flush();
            }
        }
        return new MicroBatchPart(
                files.folder(),
                files.finish(),
                new StreamCounts(read, written, inserted, late, rejected, duplicates, held),
                new Findings(
                        Arrays.stream(statistics).map(ResultStatistics::state).toList(), new TreeMap<>()),
                arrivals);
    }

    @Override
    public void close() {
        files.close();
    }
}
