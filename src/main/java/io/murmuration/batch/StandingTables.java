package io.murmuration.batch;

import io.murmuration.inference.AgentState;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;

/**
 * Writes where agents stand and what they have learned, as a batch leaves it, where that is kept elsewhere.
 *
 * @param inference what was done with their observations
 * @param tables that are written
 */
public record StandingTables(PartitionInference inference, OutputTables tables) implements Serializable {

    /**
     * Where an agent stands.
     *
     * @param model the place of its model in the fleet
     * @param agent its id
     * @param time of its last observation
     * @param state after that observation
     */
    public record Standing(int model, String agent, long time, AgentState state) {}

    /**
     * Writes both tables, in the place of those that are there.
     *
     * @param population increments of agents that no longer stand anywhere, by the place of their model
     * @return how many agents there are
     * @throws CallerException if a standing cannot be read
     */
    public long write(
            SparkSession session,
            JavaRDD<Standing> standings,
            TreeMap<Integer, IncrementSums> population,
            OutputFolder folder) {
        String work = folder.work();
        Findings findings = Findings.none(inference.fleet().members().size());
        List<TaskReport> reports = TaskReports.collect(
                session,
                standings.mapPartitionsWithIndex((partition, part) -> write(work, partition, part), true),
                findings);
        findings.merge(
                new Findings(Findings.none(inference.fleet().members().size()).statistics(), population));
        TaskReports.gather(reports, SideTables.STATE, folder);
        boolean learned = new LearnedTable(inference, tables).gather(reports, findings, folder);
        folder.removeAll(List.of(SideTables.STATE, SideTables.LEARNED));
        if (learned) {
            folder.place(SideTables.LEARNED);
        }
        folder.place(SideTables.STATE);
        return reports.stream().mapToLong(report -> report.counts().agents()).sum();
    }

    private Iterator<byte[]> write(String work, int partition, Iterator<Standing> standings) {
        String attempt =
                work + "/attempt-" + partition + "-" + TaskContext.get().taskAttemptId();
        try (PartitionWriter writer = new PartitionWriter(tables, inference.compile(), attempt, partition)) {
            standings.forEachRemaining(standing ->
                    writer.agentEnded(standing.model(), standing.agent(), standing.time(), standing.state()));
            return List.of(new TaskEnd.Done<>(writer.finish(0)).toBytes()).iterator();
        } catch (CallerException e) {
            return List.of(new TaskEnd.Refusal(e.getMessage()).toBytes()).iterator();
        }
    }
}
