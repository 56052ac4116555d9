package io.murmuration.stream;

import static org.apache.spark.sql.functions.col;

import io.murmuration.batch.CallerException;
import io.murmuration.batch.CompiledModel;
import io.murmuration.batch.Findings;
import io.murmuration.batch.Fleet;
import io.murmuration.batch.OutputFolder;
import io.murmuration.batch.PartitionInference;
import io.murmuration.batch.StandingTables;
import io.murmuration.batch.StandingTables.Standing;
import io.murmuration.stream.agent.AgentEntry;
import io.murmuration.stream.agent.AgentKey;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Where the agents of a stream stand, out of Spark's state store: written as a batch leaves it, or looked at.
 *
 * @param fleet the models
 * @param tables that are written
 * @param checkpoint of the stream
 */
public record StateExport(Fleet fleet, StandingTables tables, String checkpoint) {

    /**
     * Writes.
     *
     * @param findings of the stream so far: agents that were let go have left increments there
     * @return the number of agents
     */
    long write(SparkSession session, Findings findings, OutputFolder folder) {
        return tables.write(session, standings(session), findings.population(), folder);
    }

    /**
     * Checks that all agents can go on from where they stand: one that never comes again would show at the end only. So
     * would what a population has learned of agents that were let go.
     *
     * @param findings of the stream so far
     * @throws CallerException if something does not fit the models
     */
    void check(SparkSession session, Findings findings) {
        PartitionInference inference = tables.inference();
        List<CompiledModel> models = inference.compile();
        findings.population().forEach((model, learned) -> models.get(model).checkGoesOn(learned));
        List<String> misfits = standings(session)
                .mapPartitions(part -> misfits(inference.compile(), part))
                .take(1);
        if (!misfits.isEmpty()) {
            throw new CallerException(misfits.get(0));
        }
    }

    private static Iterator<String> misfits(List<CompiledModel> models, Iterator<Standing> standings) {
        while (standings.hasNext()) {
            Standing standing = standings.next();
            try {
                models.get(standing.model()).checkGoesOn(standing.agent(), standing.state());
            } catch (CallerException e) {
                return List.of(e.getMessage()).iterator();
            }
        }
        return Collections.emptyIterator();
    }

    private JavaRDD<Standing> standings(SparkSession session) {
        Dataset<Row> entries = session.read()
                .format("statestore")
                .option("stateVarName", AgentProcessor.AGENTS)
                .load(checkpoint)
                .select(col("user_map_key.value"), col("user_map_value.value"));
        Fleet models = fleet;
        return entries.toJavaRDD().map(row -> standing(models, row.getString(0), row.getAs(1)));
    }

    /** Where an agent stands, of what a stream keeps of it. */
    public static Standing standing(Fleet fleet, String agent, byte[] kept) {
        AgentKey key = AgentKey.parse(agent, fleet);
        AgentEntry entry = AgentEntry.decode(kept);
        return new Standing(key.model(), key.agent(), entry.time(), entry.state());
    }
}
