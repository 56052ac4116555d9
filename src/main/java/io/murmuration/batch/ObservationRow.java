package io.murmuration.batch;

import java.io.Serializable;
import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * A row of a table of observations, for whoever takes them one by one.
 *
 * @param agent the agent's id
 * @param time an integer, or microseconds since the epoch
 * @param observation as {@link ObservationForm} has it
 * @param action likewise
 * @param fault why the row cannot be used, in a sentence; empty where it can
 */
public record ObservationRow(String agent, long time, double[] observation, double[] action, String fault)
        implements Serializable {

    /**
     * Reads a table of one model's observations in the order of their time, and of agents where that is the same, part by part.
     *
     * @throws CallerException if it is no such table, or, from the iterator, if a row cannot be used
     */
    public static Iterator<ObservationRow> read(
            SparkSession session, String path, Optional<TableFormat> format, ObservationColumns columns, Fleet fleet) {
        SparkSession own = InputTable.session(session);
        if (columns.time().equals(ObservationColumns.ROW)) {
            InputTable.keepFilesWhole(own);
        }
        ObservationSource source = ObservationSource.of(InputTable.open(own, path, format), columns, fleet);
        Dataset<Row> sorted = source.rows().sort("t", "agent");
        JavaRDD<InternalRow> rows = ((org.apache.spark.sql.classic.Dataset<Row>) sorted)
                .queryExecution()
                .toRdd()
                .toJavaRDD();
        KeyedRows form = source.form();
        Iterator<ObservationRow> decoded = rows.mapPartitions(part -> {
                    RowDecoder decoder = new RowDecoder(fleet, form);
                    return new Decoded(part, decoder);
                })
                .toLocalIterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return decoded.hasNext();
            }

            @Override
            public ObservationRow next() {
                ObservationRow row = decoded.next();
                if (!row.fault().isEmpty()) {
                    throw new CallerException("A row of " + path + " cannot be used: " + row.fault());
                }
                return row;
            }
        };
    }

    /** Rows of a part of the table, decoded as they are asked for. */
    private record Decoded(Iterator<InternalRow> rows, RowDecoder decoder) implements Iterator<ObservationRow> {
        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public ObservationRow next() {
            InternalRow keyed = rows.next();
            try {
                decoder.checkKey(keyed);
                return new ObservationRow(
                        keyed.getUTF8String(KeyedRows.AGENT).toString(),
                        keyed.getLong(KeyedRows.TIME),
                        decoder.observation(keyed, 0).clone(),
                        decoder.action(keyed, 0).clone(),
                        "");
            } catch (RejectedRowException e) {
                return new ObservationRow("", 0, new double[0], new double[0], e.getMessage());
            }
        }
    }
}
