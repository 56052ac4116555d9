package io.murmuration.stream.delivery;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.murmuration.batch.TableFormat;
import io.murmuration.stream.source.KafkaTopic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Sends each result as a message, a JSON object as {@code --format json} writes it, under the key {@code agent_id@t} (in a
 * fleet {@code model/agent_id@t}), by which a reader knows one that comes twice.
 *
 * @param topic to which it is sent
 */
public record KafkaDelivery(KafkaTopic topic) implements Delivery {

    @Override
    public void begin(SparkSession session, StructType results, List<String> keys) {
        topic.check(session, "--deliver-kafka");
    }

    @Override
    public void deliver(Dataset<Row> results, long batch) {
        messages(results)
                .write()
                .format("kafka")
                .options(topic.options(results.sparkSession()))
                .option("topic", topic.name())
                .save();
    }

    static Dataset<Row> messages(Dataset<Row> results) {
        Column[] row = Arrays.stream(results.columns()).map(name -> col(name)).toArray(Column[]::new);
        boolean timestamps = results.schema().apply("t").dataType().equals(DataTypes.TimestampType);
        List<Column> agent = new ArrayList<>();
        if (Arrays.asList(results.columns()).contains("model")) {
            agent.add(col("model"));
        }
        agent.add(col("agent_id"));
        Column time = timestamps ? date_format(col("t"), TableFormat.TIMESTAMP) : col("t").cast(DataTypes.StringType);
        return results.select(
                concat_ws("@", concat_ws("/", agent.toArray(Column[]::new)), time)
                        .as("key"),
                to_json(struct(row), TableFormat.JSON.options()).as("value"));
    }
}
