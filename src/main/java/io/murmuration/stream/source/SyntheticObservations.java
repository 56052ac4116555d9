package io.murmuration.stream.source;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.murmuration.batch.Fleet;
import io.murmuration.batch.ObservationColumns;
import io.murmuration.model.DiscreteModel;
import io.murmuration.model.GenerativeModel;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * Observations made of the numbers 0, 1, 2 … by a pure function: agents take turns, and what one sees is a hash of the
 * number: an outcome a modality, or a number from −1 to 1 an element. In a fleet, models take turns among agents.
 *
 * @param fleet the models
 * @param columns names of agent, time and model
 * @param agents how many there are
 */
public record SyntheticObservations(Fleet fleet, ObservationColumns columns, long agents) {
    private static final String OBSERVATION = "observation";

    /**
     * Observations as a table.
     *
     * @param numbers with a column {@code value}, a number, and {@code timestamp}, when it came
     */
    Dataset<Row> of(Dataset<Row> numbers) {
        Column agent = pmod(col("value"), lit(agents));
        Column member = pmod(agent, lit(fleet.members().size()));
        Column model = lit(null).cast(DataTypes.StringType);
        Column observation = lit(null).cast(DataTypes.createArrayType(DataTypes.DoubleType));
        for (int i = 0; i < fleet.members().size(); i++) {
            Column chosen = member.equalTo(lit(i));
            model = when(chosen, lit(fleet.members().get(i).name())).otherwise(model);
            observation = when(chosen, observation(fleet.model(i))).otherwise(observation);
        }
        Dataset<Row> rows = numbers.select(
                concat(lit("agent-"), agent).as(columns.agent()),
                call_function("div", col("value"), lit(agents)).as(columns.time()),
                model.as(columns.model()),
                observation.as(OBSERVATION),
                col("timestamp").as(StreamSource.ARRIVED));
        return fleet.named() ? rows : rows.drop(columns.model());
    }

    private static Column observation(GenerativeModel model) {
        return array(IntStream.range(0, model.observationWidth())
                .mapToObj(element -> model instanceof DiscreteModel discrete
                        ? pmod(hash(element), lit((long) discrete.outcomes(element)))
                                .cast(DataTypes.DoubleType)
                        : shiftrightunsigned(hash(element), 11)
                                .multiply(lit(0x1p-52))
                                .minus(lit(1.0)))
                .toArray(Column[]::new));
    }

    private static Column hash(int element) {
        return xxhash64(lit(element), col("value"));
    }

    /** A table of the same columns, without rows: their types say what they are. */
    Dataset<Row> sample(SparkSession session) {
        return session.createDataFrame(
                List.of(),
                of(session.range(0).selectExpr("id as value", "current_timestamp() as timestamp"))
                        .schema());
    }
}
