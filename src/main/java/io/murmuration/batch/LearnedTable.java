package io.murmuration.batch;

import java.util.List;
import org.apache.spark.sql.execution.datasources.OutputWriter;

/**
 * The table of what was learned: counts of agents, which tasks have written, and one row a model that learns as a
 * population.
 *
 * @param inference what was done in every partition
 * @param tables that were written
 */
record LearnedTable(PartitionInference inference, OutputTables tables) {

    /** Gathers its files; whether there are any. */
    boolean gather(List<TaskReport> reports, Findings findings, OutputFolder folder) {
        boolean ofAgents = TaskReports.gather(reports, SideTables.LEARNED, folder);
        if (findings.population().isEmpty()) {
            return ofAgents;
        }
        List<CompiledModel> models = inference.compile();
        String population = folder.work() + "/population";
        OutputWriter writer = tables.learned().open(population + "/" + SideTables.LEARNED, reports.size());
        findings.population()
                .forEach((model, increments) -> writer.write(tables.side()
                        .learned(
                                models.get(model).name(),
                                null,
                                models.get(model).kernel().learning().learned(increments.toArray()))));
        writer.close();
        folder.gather(population, SideTables.LEARNED);
        return true;
    }
}
