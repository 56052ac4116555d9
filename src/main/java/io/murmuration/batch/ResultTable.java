package io.murmuration.batch;

import io.murmuration.inference.ResultBlock;
import io.murmuration.inference.ResultLayout;
import io.murmuration.inference.ResultLayout.Column;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * The table of results: which columns, of which types, and how a step of a block becomes a row.
 *
 * @param keys whether the model's name is a column
 * @param columns names of the columns in their order, keys included
 * @param timeType of the column {@code t}
 * @param precision of real numbers
 * @param format of the files
 */
record ResultTable(boolean named, List<String> columns, TimeType timeType, Precision precision, TableFormat format)
        implements Serializable {
    static final String MODEL = "model";
    static final String AGENT = "agent_id";
    static final String TIME = "t";

    /** The columns that results have unless some are selected. */
    static List<String> standard(boolean named, ResultLayout layout) {
        List<String> names = new ArrayList<>();
        if (named) {
            names.add(MODEL);
        }
        names.add(AGENT);
        names.add(TIME);
        layout.columns().stream().filter(Column::standard).map(Column::name).forEach(names::add);
        return names;
    }

    /** Every column that can be selected. */
    static List<String> selectable(boolean named, ResultLayout layout) {
        List<String> names = new ArrayList<>(standard(named, layout));
        layout.columns().stream().filter(c -> !c.standard()).map(Column::name).forEach(names::add);
        return names;
    }

    /** The schema, the same for all models of a fleet. */
    StructType schema(ResultLayout layout) {
        StructField[] fields =
                columns.stream().map(name -> field(name, layout.find(name))).toArray(StructField[]::new);
        return new StructType(fields);
    }

    private StructField field(String name, Optional<Column> column) {
        if (column.isPresent()) {
            return DataTypes.createStructField(name, ColumnWriter.type(column.get(), precision, format), true);
        }
        return DataTypes.createStructField(name, name.equals(TIME) ? timeType.type() : DataTypes.StringType, true);
    }

    /** A buffer of rows of one model's results. */
    Rows rows(String model, ResultLayout layout) {
        return new Rows(model, layout);
    }

    /** Rows in the making, as vectors of cells. */
    final class Rows {
        private static final int CAPACITY = 1024;

        private final ColumnWriter[] writers;
        private final WritableColumnVector[] vectors;
        private final ColumnarBatch batch;
        private final byte[] model;
        private int count;

        private Rows(String model, ResultLayout layout) {
            this.model = model.getBytes(StandardCharsets.UTF_8);
            writers = columns.stream()
                    .map(layout::find)
                    .map(column -> column.map(c -> new ColumnWriter(c, precision, format))
                            .orElse(null))
                    .toArray(ColumnWriter[]::new);
            vectors = OnHeapColumnVector.allocateColumns(CAPACITY, schema(layout));
            batch = new ColumnarBatch(vectors);
        }

        boolean full() {
            return count == CAPACITY;
        }

        /** Adds a step of a lane. */
        void add(byte[] agent, long time, ResultBlock results, int step, int lane) {
            for (int c = 0; c < vectors.length; c++) {
                if (writers[c] != null) {
                    writers[c].write(
                            vectors[c], count, results.values(), results.index(step, 0) + lane, results.lanes());
                } else {
                    putKey(columns.get(c), vectors[c], agent, time);
                }
            }
            count++;
        }

        private void putKey(String name, WritableColumnVector vector, byte[] agent, long time) {
            switch (name) {
                case MODEL -> vector.putByteArray(count, model);
                case AGENT -> vector.putByteArray(count, agent);
                default -> timeType.put(vector, count, time);
            }
        }

        /** The rows so far; they are views that the next {@link #clear} ends. */
        Iterable<InternalRow> view() {
            batch.setNumRows(count);
            return batch::rowIterator;
        }

        void clear() {
            count = 0;
            for (WritableColumnVector vector : vectors) {
                vector.reset();
            }
        }
    }
}
