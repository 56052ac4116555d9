package io.murmuration.stream.source;

import io.murmuration.batch.CallerException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A topic of Kafka's.
 *
 * @param servers addresses of some of the brokers, as {@code HOST:PORT,…}
 * @param name of the topic
 */
public record KafkaTopic(String servers, String name) {
    /** Of Spark's settings, those that begin so are the Kafka client's. */
    private static final String SETTINGS = "spark.murmuration.kafka.";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What Spark is told of where it is. */
    public Map<String, String> options(SparkSession session) {
        Map<String, String> options = new TreeMap<>();
        settings(session).forEach((key, value) -> options.put("kafka." + key, value));
        return options;
    }

    private Map<String, String> settings(SparkSession session) {
        Map<String, String> settings = new TreeMap<>();
        CollectionConverters.asJava(session.conf().getAll()).forEach((key, value) -> {
            if (key.startsWith(SETTINGS)) {
                settings.put(key.substring(SETTINGS.length()), value);
            }
        });
        settings.put("bootstrap.servers", servers);
        return settings;
    }

    /**
     * Checks that it is there.
     *
     * @param option by which the caller named the servers
     * @throws CallerException if it is not
     */
    public void check(SparkSession session, String option) {
        String limit = Long.toString(PATIENCE.toMillis());
        Map<String, Object> settings = new TreeMap<>(settings(session));
        settings.put("default.api.timeout.ms", limit);
        settings.put("request.timeout.ms", limit);
        try (Admin admin = Admin.create(settings)) {
            admin.describeTopics(List.of(name)).allTopicNames().get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new CallerException(
                    cause instanceof UnknownTopicOrPartitionException || cause instanceof InvalidTopicException
                            ? "Kafka at " + servers + " (" + option + ") has no topic \"" + name + "\""
                            : "Kafka at " + servers + " (" + option + ") cannot be reached: " + cause.getMessage());
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new CallerException(
                    "Kafka at " + servers + " (" + option + ") cannot be used: " + cause.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking Kafka for its topics", e);
        } catch (NoClassDefFoundError e) {
            throw new CallerException("This Spark has no connector for Kafka (" + option + "): give --conf"
                    + " spark.jars.packages=org.apache.spark:spark-sql-kafka-0-10_2.13:" + session.version());
        }
    }
}
