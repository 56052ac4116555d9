package io.murmuration.stream;

import io.murmuration.batch.CompiledModel;
import io.murmuration.batch.Findings;
import io.murmuration.batch.IncrementSums;
import io.murmuration.batch.InferenceResult;
import io.murmuration.batch.InferenceSink;
import io.murmuration.batch.Rejection;
import io.murmuration.batch.ResultStatistics;
import io.murmuration.batch.ResultTable;
import io.murmuration.batch.TableFiles;
import io.murmuration.inference.AgentState;
import io.murmuration.inference.CountLearning;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.InternalRow;

/** Writes the tables of a task's part of a micro-batch, into a folder of the attempt alone. */
final class MicroBatchWriter implements InferenceSink, AgentGroups.Aside, AutoCloseable {
    private static final byte[] NOTHING = {};

    private final StreamTables tables;
    private final List<CompiledModel> models;
    private final TableFiles files;
    private final Standings agents;
    private final ResultTable.Rows[] rows;
    private final ResultStatistics[] statistics;
    private final Optional<Alerts> alerts;
    /** Increments of agents that were let go, by the place of their model, where counts are learned by the population. */
    private final TreeMap<Integer, IncrementSums> population = new TreeMap<>();

    private final Map<String, Long> rejected = new TreeMap<>();
    private long written;
    private long inserted;
    private long late;
    private long duplicates;
    private long alerted;
    private long evicted;

    /** @param alerts empty where there are none */
    MicroBatchWriter(
            StreamTables tables,
            List<CompiledModel> models,
            TableFiles files,
            Standings agents,
            Optional<Alerts> alerts) {
        this.alerts = alerts;
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
        alerts.ifPresent(finder -> finder.results(result, agents.surprises(model, result.agent()), this::alert));
    }

    private void alert(InferenceResult result, int row, double freeEnergy, double threshold) {
        alerted++;
        files.write(
                tables.alerts(),
                tables.output()
                        .side()
                        .alert(
                                models.get(result.model()).name(),
                                result.agent(),
                                result.time(row),
                                freeEnergy,
                                threshold));
    }

    @Override
    public void agentEnded(int model, String agent, long lastTime, AgentState state) {
        byte[] surprises = alerts.map(Alerts::ended).orElse(NOTHING);
        agents.ended(model, agent, lastTime, surprises, state).ifPresent(gone -> evicted(model, agent, gone));
    }

    @Override
    public void evicted(int model, String agent, AgentEntry gone) {
        evicted++;
        String name = models.get(model).name();
        CountLearning learning = models.get(model).kernel().learning();
        boolean ofPopulation = learning.width() > 0 && learning.ofPopulation();
        if (ofPopulation) {
            population
                    .computeIfAbsent(model, m -> IncrementSums.of(learning.width()))
                    .add(learning.increments(gone.state()));
        }
        Optional<CountLearning.Learned> own =
                learning.width() == 0 || ofPopulation ? Optional.empty() : Optional.of(learning.learned(gone.state()));
        files.write(
                tables.evicted(),
                tables.output()
                        .side()
                        .evicted(name, agent, gone.time(), gone.state().steps(), own));
    }

    @Override
    public void late(InternalRow raw, String reason) {
        rejected(raw, new Rejection(Rejection.Code.LATE, reason));
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
                new StreamCounts(read, written, inserted, late, rejected, duplicates, held, alerted, evicted),
                new Findings(
                        Arrays.stream(statistics).map(ResultStatistics::state).toList(), population),
                arrivals);
    }

    @Override
    public void close() {
        files.close();
    }
}
