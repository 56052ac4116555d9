package io.murmuration.stream.delivery;

import io.murmuration.batch.CallerException;
import io.murmuration.batch.Fleet;
import io.murmuration.batch.OutputFolder;
import io.murmuration.batch.OutputTables;
import io.murmuration.batch.TableFormat;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Reads the results of a micro-batch from where they were put and delivers them: what is delivered is what is there.
 *
 * @param session of Spark
 * @param folder of the output
 * @param results their columns
 * @param format of their files
 * @param all where they go
 */
public record Deliveries(
        SparkSession session, OutputFolder folder, StructType results, TableFormat format, List<Delivery> all) {

    /**
     * Makes ready.
     *
     * @throws CallerException if results cannot be delivered
     */
    public void begin(Fleet fleet) {
        List<String> keys = fleet.named() ? List.of("model", "agent_id", "t") : List.of("agent_id", "t");
        List<String> missing = keys.stream()
                .filter(key -> !Arrays.asList(results.fieldNames()).contains(key))
                .toList();
        if (!all.isEmpty() && !missing.isEmpty()) {
            throw new CallerException("The results have no column " + String.join(", ", missing)
                    + " (--select), by which what is delivered is told apart");
        }
        all.forEach(delivery -> delivery.begin(session, results, keys));
    }

    /** Delivers a micro-batch that has results. */
    public void deliver(long batch) {
        if (all.isEmpty()) {
            return;
        }
        Dataset<Row> placed = session.read()
                .schema(results)
                .options(format.options())
                .option("recursiveFileLookup", "true")
                .option("multiLine", format == TableFormat.CSV)
                .format(format.text())
                .load(folder.path(OutputTables.RESULTS + "/batch_id=" + batch));
        all.forEach(delivery -> delivery.deliver(placed, batch));
    }
}
