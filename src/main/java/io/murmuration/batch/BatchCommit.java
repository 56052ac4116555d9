package io.murmuration.batch;

import static org.apache.spark.sql.functions.col;

import io.murmuration.summary.RunSummary;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Puts what the tasks of a batch have written under its final names, the results last.
 *
 * @param session of Spark
 * @param options of the batch
 * @param inference what was done in every partition
 * @param tables that were written
 * @param reports of the tasks
 * @param findings of all tasks
 */
record BatchCommit(
        SparkSession session,
        BatchOptions options,
        PartitionInference inference,
        OutputTables tables,
        List<TaskReport> reports,
        Findings findings) {

    /**
     * Commits all tables, or, where more rows were rejected than allowed, those alone.
     *
     * @throws CallerException if what the caller said of the input does not hold
     */
    BatchOutcome commit(OutputFolder folder) {
        RowCounts counts = reports.stream().map(TaskReport::counts).reduce(RowCounts.NONE, RowCounts::plus);
        boolean good = counts.rejected() <= options.maxRejected();
        gather(SideTables.REJECTED, folder);
        if (good) {
            gather(SideTables.STATE, folder);
            gather(OutputTables.RESULTS, folder);
            if (options.inference().clustered()) {
                checkClustered(folder);
            }
        }
        boolean learned = good && new LearnedTable(inference, tables).gather(reports, findings, folder);
        // What an earlier run left must not stand beside what this one found.
        folder.removeAll(OutputTables.NAMES);
        folder.place(SideTables.REJECTED);
        if (learned) {
            folder.place(SideTables.LEARNED);
        }
        if (good) {
            folder.place(SideTables.STATE);
            folder.place(OutputTables.RESULTS);
        }
        List<RunSummary> summaries = findings.statistics().stream()
                .map(statistics -> statistics.summary(inference.form().timeType()::written))
                .toList();
        return new BatchOutcome(good ? counts : counts.withoutResults(), reports, summaries, good);
    }

    private void gather(String table, OutputFolder folder) {
        TaskReports.gather(reports, table, folder);
    }

    /**
     * Checks that what the caller said of the input holds: an agent whose rows stand in two places, maybe in two files, has
     * ended twice, and has two states.
     */
    private void checkClustered(OutputFolder folder) {
        Column[] key = inference.fleet().named()
                ? new Column[] {col(ResultTable.MODEL), col(ResultTable.AGENT)}
                : new Column[] {col(ResultTable.AGENT)};
        List<Row> twice = session.read()
                .format(options.format().text())
                .options(options.format().options())
                .schema(tables.state().schema())
                .load(folder.gathered(SideTables.STATE))
                .groupBy(key)
                .count()
                .where(col("count").gt(1))
                .limit(1)
                .collectAsList();
        if (!twice.isEmpty()) {
            throw new CallerException("The input is not clustered (--clustered): the rows of agent \""
                    + twice.get(0).getAs(ResultTable.AGENT) + "\" do not stand together in one file");
        }
    }
}
