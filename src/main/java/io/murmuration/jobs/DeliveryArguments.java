package io.murmuration.jobs;

import io.murmuration.batch.CallerException;
import io.murmuration.stream.delivery.ConsoleDelivery;
import io.murmuration.stream.delivery.Delivery;
import io.murmuration.stream.delivery.JdbcDelivery;
import io.murmuration.stream.delivery.KafkaDelivery;
import io.murmuration.stream.delivery.PostgresAddress;
import io.murmuration.stream.source.KafkaTopic;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Option;
import scala.Tuple2;

/** The options of where a stream's results go besides its output folder. */
final class DeliveryArguments {
    /** Of Spark's settings, those that begin so are the database connection's. */
    private static final String JDBC_SETTINGS = "spark.murmuration.jdbc.";

    @Option(names = "--deliver-console", description = "show the first 20 results of every micro-batch")
    private boolean console;

    @Option(
            names = "--deliver-kafka",
            paramLabel = "SERVERS",
            description = "send results to Kafka at HOST:PORT,…, each under the key agent_id@t, at least once")
    private Optional<String> kafka = Optional.empty();

    @Option(names = "--deliver-topic", paramLabel = "NAME", description = "topic to which results are sent")
    private Optional<String> topic = Optional.empty();

    @Option(
            names = "--deliver-jdbc",
            paramLabel = "URL",
            description = "put results into a table of PostgreSQL at jdbc:postgresql://HOST/DATABASE, each once")
    private Optional<String> jdbc = Optional.empty();

    @Option(
            names = "--deliver-table",
            paramLabel = "NAME",
            description = "table into which results are put; made if there is none")
    private Optional<String> table = Optional.empty();

    /**
     * Where results go.
     *
     * @param out what the caller reads
     * @throws CallerException if one of two options that go together is missing
     */
    List<Delivery> deliveries(PrintWriter out) {
        together("--deliver-kafka", kafka, "--deliver-topic", topic);
        together("--deliver-jdbc", jdbc, "--deliver-table", table);
        List<Delivery> all = new ArrayList<>();
        if (console) {
            all.add(new ConsoleDelivery(out));
        }
        kafka.ifPresent(servers -> all.add(new KafkaDelivery(new KafkaTopic(servers, topic.orElseThrow()))));
        jdbc.ifPresent(
                url -> all.add(new JdbcDelivery(new PostgresAddress(url, connectionSettings()), table.orElseThrow())));
        return all;
    }

    private static void together(String one, Optional<String> first, String other, Optional<String> second) {
        if (first.isPresent() != second.isPresent()) {
            throw new CallerException(
                    (first.isPresent() ? one + " needs " + other : other + " needs " + one) + " as well");
        }
    }

    private static Map<String, String> connectionSettings() {
        Map<String, String> settings = new HashMap<>();
        for (Tuple2<String, String> setting : new SparkConf().getAllWithPrefix(JDBC_SETTINGS)) {
            settings.put(setting._1(), setting._2());
        }
        return settings;
    }
}
