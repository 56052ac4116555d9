package io.murmuration.stream;

import static org.apache.spark.sql.functions.col;

import io.murmuration.batch.Findings;
import io.murmuration.batch.Fleet;
import io.murmuration.batch.OutputFolder;
import io.murmuration.batch.StandingTables;
import io.murmuration.batch.StandingTables.Standing;
import io.murmuration.stream.agent.AgentEntry;
import io.murmuration.stream.agent.AgentKey;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Writes where the agents of a stream stand, out of Spark's state store, as a batch leaves it. */
record StateExport(Fleet fleet, StandingTables tables, String checkpoint) {

    /**
     * Writes.
     *
     * @param findings of the stream so far: agents that were let go have left increments there
     * @return the number of agents
     */
    long write(SparkSession session, Findings findings, OutputFolder folder) {
        Dataset<Row> entries = session.read()
                .format("statestore")
                .option("stateVarName", AgentProcessor.AGENTS)
                .load(checkpoint)
                .select(col("user_map_key.value"), col("user_map_value.value"));
        Fleet models = fleet;
        JavaRDD<Standing> standings = entries.toJavaRDD().map(row -> standing(models, row));
        return tables.write(session, standings, findings.population(), folder);
    }

    private static Standing standing(Fleet fleet, Row row) {
        AgentKey key = AgentKey.parse(row.getString(0), fleet);
        AgentEntry entry = AgentEntry.decode(row.getAs(1));
        return new Standing(key.model(), key.agent(), entry.time(), entry.state());
    }
}
