package io.murmuration.stream;

import io.murmuration.batch.CompiledModel;
import io.murmuration.batch.Findings;
import io.murmuration.batch.InferenceResult;
import io.murmuration.batch.InferenceSink;
import io.murmuration.batch.Rejection;
import io.murmuration.batch.ResultWriter;
import io.murmuration.batch.TableFiles;
import io.murmuration.inference.AgentState;
import io.murmuration.stream.agent.AgentEntry;
import io.murmuration.stream.agent.AgentGroups;
import io.murmuration.stream.agent.Alerts;
import io.murmuration.stream.agent.Intake;
import io.murmuration.stream.agent.Standings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.InternalRow;

/** Writes the tables of a task's part of a micro-batch, into a folder of the attempt alone. */
final class MicroBatchWriter implements InferenceSink, AgentGroups.Aside, AutoCloseable {
    private final StreamTables tables;
    private final List<CompiledModel> models;
    private final TableFiles files;
    private final Standings agents;
    private final ResultWriter results;
    private final Optional<Alerts> alerts;
    private final Map<String, Long> rejected = new TreeMap<>();
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
        results = new ResultWriter(
                tables.output(),
                models,
                tables.partitioning().rows(files, tables.output().results()));
    }

    @Override
    public void results(InferenceResult result) {
        results.write(result);
        alerts.ifPresent(
                finder -> finder.results(result, agents.surprises(result.model(), result.agent()), this::alert));
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
        byte[] surprises = alerts.map(Alerts::ended).orElse(AgentEntry.NO_SURPRISES);
        agents.ended(model, agent, lastTime, surprises, state).ifPresent(gone -> evicted(model, agent, gone));
    }

    @Override
    public void evicted(int model, String agent, AgentEntry gone) {
        evicted++;
        String name = models.get(model).name();
        files.write(
                tables.evicted(),
                tables.output()
                        .side()
                        .evicted(
                                name,
                                agent,
                                gone.time(),
                                gone.state().steps(),
                                results.learned(model, agent, gone.state())));
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

    /** Writes what is left, closes all files and says what was done with what came. */
    MicroBatchPart finish(Intake intake) {
        Findings findings = results.finish();
        return new MicroBatchPart(
                files.folder(),
                files.finish(),
                new StreamCounts(
                        intake.arrived().size(),
                        results.written(),
                        inserted,
                        late,
                        rejected,
                        duplicates,
                        intake.heldMore(),
                        alerted,
                        evicted),
                findings,
                intake.arrivals(System.currentTimeMillis()));
    }

    @Override
    public void close() {
        files.close();
    }
}
