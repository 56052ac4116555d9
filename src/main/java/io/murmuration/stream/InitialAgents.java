package io.murmuration.stream;

import static org.apache.spark.sql.functions.col;

import io.murmuration.batch.CallerException;
import io.murmuration.batch.CompiledModel;
import io.murmuration.batch.Fleet;
import io.murmuration.batch.InitialStates;
import io.murmuration.batch.ObservationSource;
import io.murmuration.batch.PartitionInference;
import io.murmuration.inference.AgentState;
import io.murmuration.inference.AgentStateCodec;
import io.murmuration.stream.agent.AgentEntry;
import io.murmuration.stream.agent.AgentKey;
import io.murmuration.stream.agent.RecentRows;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.KeyValueGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Where agents stood at the end of an earlier run, for the state to begin with.
 *
 * @param states partition, model, agent, time, and the state's bytes
 */
record InitialAgents(Dataset<Row> states) {
    private static final int MODEL = 1;
    private static final int AGENT = 2;
    private static final int TIME = 3;
    private static final int STATE = 4;

    /**
     * Reads and checks them.
     *
     * @param folder output of the earlier run
     * @param inference what goes on from there
     * @throws CallerException if they cannot be gone on from
     */
    static InitialAgents read(
            SparkSession session,
            String folder,
            ObservationSource source,
            PartitionInference inference,
            StatePartitions partitions) {
        Dataset<Row> states = InitialStates.read(session, folder, source, inference.fleet())
                .select(partitions.key().as(StreamRows.PARTITION), col("model"), col("agent"), col("t"), col("state"));
        MapPartitionsFunction<Row, String> check = rows -> mistakes(rows, inference);
        List<String> mistakes = states.mapPartitions(check, Encoders.STRING()).takeAsList(1);
        if (!mistakes.isEmpty()) {
            throw new CallerException(mistakes.get(0));
        }
        return new InitialAgents(states);
    }

    private static Iterator<String> mistakes(Iterator<Row> rows, PartitionInference inference) {
        List<CompiledModel> models = inference.compile();
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false)
                .map(row -> mistake(row, inference.fleet(), models))
                .filter(mistake -> !mistake.isEmpty())
                .iterator();
    }

    /** What is wrong with a state; empty where nothing is. */
    private static String mistake(Row row, Fleet fleet, List<CompiledModel> models) {
        if (row.isNullAt(AGENT) || row.isNullAt(STATE)) {
            return "There is a state without an agent or without bytes (--initial)";
        }
        String agent = "The state of agent \"" + row.getString(AGENT) + "\" (--initial) ";
        if (fleet.named() && (row.isNullAt(MODEL) || fleet.indexOf(row.getString(MODEL)) < 0)) {
            return agent + "is of the model \"" + row.getString(MODEL) + "\", which --model does not have";
        }
        if (row.isNullAt(TIME)) {
            return agent + "is of a time of another type than that of the observations";
        }
        try {
            AgentState state = AgentStateCodec.decode(row.getAs(STATE));
            models.get(model(row, fleet)).checkGoesOn(row.getString(AGENT), state);
            return "";
        } catch (CallerException e) {
            return e.getMessage();
        } catch (IllegalArgumentException e) {
            return agent + "cannot be read: " + e.getMessage();
        }
    }

    /** By state partition. */
    KeyValueGroupedDataset<Integer, Row> grouped() {
        return states.groupBy(col(StreamRows.PARTITION)).as(Encoders.INT(), Encoders.row(states.schema()));
    }

    /** By what the state of such an agent is kept. */
    static String key(Row initial, Fleet fleet) {
        return new AgentKey(model(initial, fleet), initial.getString(AGENT)).text(fleet);
    }

    private static int model(Row initial, Fleet fleet) {
        return fleet.named() ? fleet.indexOf(initial.getString(MODEL)) : 0;
    }

    /** @param millis the time of the micro-batch */
    static AgentEntry entry(Row initial, long millis) {
        return new AgentEntry(
                initial.getLong(TIME),
                millis,
                RecentRows.NONE,
                AgentEntry.NO_SURPRISES,
                AgentStateCodec.decode(initial.getAs(STATE)));
    }
}
