package io.murmuration.stream.source;

import io.murmuration.batch.CallerException;
import io.murmuration.batch.Fleet;
import io.murmuration.batch.FollowedFolder;
import io.murmuration.batch.InputTable;
import io.murmuration.batch.ObservationColumns;
import io.murmuration.batch.TableFormat;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Where a stream's observations come from. */
public sealed interface StreamSource {
    /** Column of the time at which a row came to the source. */
    String ARRIVED = "@arrived";

    /**
     * An unbounded table.
     *
     * @param rows that keep coming, with a column {@link #ARRIVED}
     * @param sample a bounded table with the same columns, which tells of what type they are
     */
    record Opened(Dataset<Row> rows, Dataset<Row> sample) {}

    /**
     * Opens it.
     *
     * @throws CallerException if it is not there
     */
    Opened open(SparkSession session);

    /** What a stream that was begun with it keeps for good, for people. */
    String kind();

    /** Whether what came before a stream went down comes again. */
    default boolean replays() {
        return true;
    }

    /** The caller's mistake that a failure of the stream tells of, if it does. */
    default Optional<RuntimeException> mistake(Exception failure) {
        return Optional.empty();
    }

    /**
     * What came after a time, and waits to be taken.
     *
     * @param micros since the epoch
     */
    default Backlog waiting(SparkSession session, long micros) {
        return Backlog.UNKNOWN;
    }

    /**
     * Files that are put into a folder, whole, by renaming them; one that was read is not read again if it changes.
     *
     * @param files of the folder
     * @param format empty to go by the files' names
     */
    record Folder(FolderFiles files, Optional<TableFormat> format) implements StreamSource {
        @Override
        public Opened open(SparkSession session) {
            TableFormat actual = InputTable.format(session, files.path(), format);
            Dataset<Row> sample = InputTable.open(session, files.path(), Optional.of(actual));
            return new Opened(
                    FollowedFolder.open(session, files.path(), actual, sample, files.options(), ARRIVED), sample);
        }

        @Override
        public Backlog waiting(SparkSession session, long micros) {
            return files.waiting(session, micros);
        }

        @Override
        public String kind() {
            return "files";
        }
    }

    /**
     * Files of lines, a JSON object each, that are put into a folder as other files are. What columns they have is no file's
     * to tell, so that there need be none yet.
     *
     * @param files of the folder
     * @param form of the lines
     * @param fleet that observes
     */
    record Lines(FolderFiles files, MessageForm form, Fleet fleet) implements StreamSource {
        @Override
        public Opened open(SparkSession session) {
            try {
                Dataset<Row> lines = session.readStream()
                        .options(files.options())
                        .text(files.path())
                        .selectExpr("value", "_metadata.file_modification_time as timestamp");
                return form.open(session, lines, fleet);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                // Spark throws a checked exception that it does not declare where there is no such folder.
                throw new CallerException("There is no input at " + files.path());
            }
        }

        @Override
        public Backlog waiting(SparkSession session, long micros) {
            return files.waiting(session, micros);
        }

        @Override
        public String kind() {
            return "files of lines";
        }
    }

    /**
     * Messages of a topic, a JSON object each. A row came when its message says it did.
     *
     * @param topic in which they are
     * @param latest whether a new stream begins behind the last message that is there, not at the first
     * @param maxOffsets messages a micro-batch; empty for as many as there are
     * @param form of the messages
     * @param fleet that observes
     */
    record Kafka(KafkaTopic topic, boolean latest, OptionalLong maxOffsets, MessageForm form, Fleet fleet)
            implements StreamSource {
        /** Times that Spark asks for the last offsets, a minute each where nobody answers, before the stream fails. */
        private static final String PATIENCE = "10";

        @Override
        public Opened open(SparkSession session) {
            topic.check(session, "--kafka");
            Map<String, String> options = topic.options(session);
            options.put("subscribe", topic.name());
            options.put("startingOffsets", latest ? "latest" : "earliest");
            options.put("fetchOffset.numRetries", PATIENCE);
            maxOffsets.ifPresent(offsets -> options.put("maxOffsetsPerTrigger", Long.toString(offsets)));
            return form.open(
                    session,
                    session.readStream().format("kafka").options(options).load(),
                    fleet);
        }

        @Override
        public String kind() {
            return "topic " + topic.name();
        }
    }

    /**
     * Observations that are made up, at a steady rate, to see how a stream fares.
     *
     * @param rowsPerSecond of all agents together
     * @param observations what they are
     */
    record Rate(long rowsPerSecond, SyntheticObservations observations) implements StreamSource {

        /** @param agents that observe in turn */
        public static Rate of(long rowsPerSecond, long agents, Fleet fleet, ObservationColumns columns) {
            return new Rate(rowsPerSecond, new SyntheticObservations(fleet, columns, agents));
        }

        @Override
        public Opened open(SparkSession session) {
            Dataset<Row> numbers = session.readStream()
                    .format("rate")
                    .option("rowsPerSecond", rowsPerSecond)
                    .load();
            return new Opened(observations.of(numbers), observations.sample(session));
        }

        @Override
        public String kind() {
            return "rate of " + rowsPerSecond + " rows a second of " + observations.agents() + " agents";
        }
    }

    /**
     * Lines that another program sends, a JSON object each. Nothing keeps them: what a stream had not done when it went
     * down is lost.
     *
     * @param host that listens
     * @param port at which it does
     * @param form of the messages
     * @param fleet that observes
     */
    record Socket(String host, int port, MessageForm form, Fleet fleet) implements StreamSource {
        @Override
        public Opened open(SparkSession session) {
            return form.open(
                    session,
                    session.readStream()
                            .format("socket")
                            .option("host", host)
                            .option("port", port)
                            .option("includeTimestamp", true)
                            .load(),
                    fleet);
        }

        @Override
        public String kind() {
            return "socket";
        }

        @Override
        public boolean replays() {
            return false;
        }

        @Override
        public Optional<RuntimeException> mistake(Exception failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
                    return Optional.of(new CallerException("Nothing listens at " + host + ":" + port + " (--socket)"));
                }
            }
            return Optional.empty();
        }
    }
}
