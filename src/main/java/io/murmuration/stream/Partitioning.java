package io.murmuration.stream;

import io.murmuration.batch.CallerException;
import io.murmuration.batch.TableFiles;
import io.murmuration.batch.TableWriterFactory;
import io.murmuration.batch.TimeType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Into which folders the results of a micro-batch are divided. */
public enum Partitioning {
    /** None. */
    NONE {
        @Override
        void check(StructType results, TimeType time) {
            // Everything goes without folders.
        }

        @Override
        Consumer<InternalRow> rows(TableFiles files, TableWriterFactory results) {
            return files.to(results);
        }

        @Override
        void openEmpty(TableFiles files, TableWriterFactory results) {
            files.open(results);
        }
    },
    /** One an hour of the observations' time, as {@code hour=2026-11-25T09}, in UTC. */
    HOUR {
        @Override
        void check(StructType results, TimeType time) {
            if (time != TimeType.TIMESTAMP) {
                throw new CallerException("The times are integers, and --partition-by hour needs timestamps");
            }
            if (!Arrays.asList(results.fieldNames()).contains(TIME)) {
                throw new CallerException(
                        "The results have no column " + TIME + " (--select), which --partition-by hour needs");
            }
        }

        @Override
        Consumer<InternalRow> rows(TableFiles files, TableWriterFactory results) {
            int time = results.schema().fieldIndex(TIME);
            return row -> files.write(results, hour(row.getLong(time)), row);
        }

        @Override
        void openEmpty(TableFiles files, TableWriterFactory results) {
            files.open(results, "hour=" + OF_NOTHING);
        }
    };

    private static final String TIME = "t";
    /** What Spark's and Hive's readers take for no value: a table all of whose folders are alike can be read as one. */
    private static final String OF_NOTHING = "__HIVE_DEFAULT_PARTITION__";

    private static final DateTimeFormatter HOURS =
            DateTimeFormatter.ofPattern("'hour='uuuu-MM-dd'T'HH", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * Checks that results can be divided so.
     *
     * @throws CallerException if they cannot
     */
    abstract void check(StructType results, TimeType time);

    /** Where rows of the results go. */
    abstract Consumer<InternalRow> rows(TableFiles files, TableWriterFactory results);

    /** Has there be results without a row. */
    abstract void openEmpty(TableFiles files, TableWriterFactory results);

    private static String hour(long micros) {
        return HOURS.format(
                Instant.ofEpochSecond(TimeUnit.MICROSECONDS.toSeconds(micros - Math.floorMod(micros, 1_000_000L))));
    }

    /** As the command line and the stream's record name it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
