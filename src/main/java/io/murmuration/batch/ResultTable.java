package io.murmuration.batch;

import io.murmuration.inference.ResultLayout;
import io.murmuration.inference.ResultLayout.Column;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * The table of results: which columns, of which types, and how a step of a block becomes a row.
 *
 * @param named whether the model's name is a column
 * @param columns names of the columns in their order, keys included
 * @param timeType of the column {@code t}
 * @param precision of real numbers
 * @param format of the files
 */
public record ResultTable(
        boolean named, List<String> columns, TimeType timeType, Precision precision, TableFormat format)
        implements Serializable {
    /** A number as text with what stands around it. */
    private static final long BYTES_OF_TEXT = 20;

    static final String MODEL = "model";
    static final String AGENT = "agent_id";
    static final String TIME = "t";
    /** Whether the agent begins with the row: only where agents may begin anew. */
    private static final String NEW = "new";

    /** The columns that results have unless some are selected: those of every model. */
    static List<String> standard(boolean named, List<ResultLayout> layouts) {
        return Stream.concat(keys(named), names(layouts, Column::standard)).toList();
    }

    /** The same, with a column that says of each row whether the agent begins with it. */
    public ResultTable withBeginnings() {
        return new ResultTable(
                named, Stream.concat(columns.stream(), Stream.of(NEW)).toList(), timeType, precision, format);
    }

    /** Every column that can be selected. */
    static List<String> selectable(boolean named, List<ResultLayout> layouts) {
        return Stream.concat(standard(named, layouts).stream(), names(layouts, column -> !column.standard()))
                .toList();
    }

    private static Stream<String> keys(boolean named) {
        return named ? Stream.of(MODEL, AGENT, TIME) : Stream.of(AGENT, TIME);
    }

    private static Stream<String> names(List<ResultLayout> layouts, Predicate<Column> wanted) {
        return layouts.stream()
                .flatMap(layout -> layout.columns().stream())
                .filter(wanted)
                .map(Column::name)
                .distinct();
    }

    /** The schema, the same for all models of a fleet. */
    StructType schema(List<ResultLayout> layouts) {
        return new StructType(columns.stream()
                .map(name -> field(
                        name,
                        layouts.stream()
                                .flatMap(layout -> layout.find(name).stream())
                                .findFirst()))
                .toArray(StructField[]::new));
    }

    private StructField field(String name, Optional<Column> column) {
        if (column.isPresent()) {
            return DataTypes.createStructField(name, ColumnWriter.type(column.get(), precision, format), true);
        }
        DataType type =
                switch (name) {
                    case TIME -> timeType.type();
                    case NEW -> DataTypes.BooleanType;
                    default -> DataTypes.StringType;
                };
        return DataTypes.createStructField(name, type, true);
    }

    /**
     * A buffer of rows of one model's results.
     *
     * @param out takes rows when the buffer is full; they are views that end when it returns
     */
    public Rows rows(CompiledModel model, StructType schema, Consumer<InternalRow> out) {
        return new Rows(model, schema, out);
    }

    /** Rows in the making, as vectors of cells. */
    public final class Rows {
        private static final int MOST_ROWS = 1024;
        /** What a buffer may take, about: the rows of a wide table are few at a time. */
        private static final long BYTES = 4L << 20;

        private final int capacity;

        private final Cell[] cells;
        private final WritableColumnVector[] vectors;
        private final ColumnarBatch batch;
        private final Consumer<InternalRow> out;
        private int count;

        private Rows(CompiledModel model, StructType schema, Consumer<InternalRow> out) {
            this.out = out;
            byte[] name = model.name().getBytes(StandardCharsets.UTF_8);
            cells = columns.stream()
                    .map(column -> cell(column, model.layout().find(column), name))
                    .toArray(Cell[]::new);
            capacity = capacity(model.layout());
            vectors = OnHeapColumnVector.allocateColumns(capacity, schema);
            batch = new ColumnarBatch(vectors);
        }

        private int capacity(ResultLayout layout) {
            long numbers = columns.stream()
                    .mapToLong(name -> layout.find(name).map(Column::width).orElse(1))
                    .sum();
            long rowBytes = numbers * (format.holdsArrays() ? Double.BYTES : BYTES_OF_TEXT);
            return (int) Math.max(1, Math.min(MOST_ROWS, BYTES / rowBytes));
        }

        private Cell cell(String name, Optional<Column> column, byte[] model) {
            if (column.isPresent()) {
                ColumnWriter writer = new ColumnWriter(column.get(), precision, format);
                return (vector, row, agent, result, step) -> writer.write(
                        vector,
                        row,
                        result.results().values(),
                        result.results().index(step, 0) + result.lane(),
                        result.results().lanes());
            }
            return switch (name) {
                case MODEL -> (vector, row, agent, result, step) -> vector.putByteArray(row, model);
                case AGENT -> (vector, row, agent, result, step) -> vector.putByteArray(row, agent);
                case TIME -> (vector, row, agent, result, step) -> timeType.put(vector, row, result.time(step));
                case NEW ->
                    (vector, row, agent, result, step) -> vector.putBoolean(row, result.firstStep() + step == 0);
                // Another model of the fleet has such a column, this one does not: it only perceives, say.
                default -> (vector, row, agent, result, step) -> vector.putNull(row);
            };
        }

        /** Adds the steps of an agent. */
        public void add(InferenceResult result) {
            byte[] agent = result.agent().getBytes(StandardCharsets.UTF_8);
            for (int step = 0; step < result.rows(); step++) {
                if (count == capacity) {
                    flush();
                }
                for (int c = 0; c < vectors.length; c++) {
                    cells[c].write(vectors[c], count, agent, result, step);
                }
                count++;
            }
        }

        /** Hands on the rows so far. */
        public void flush() {
            batch.setNumRows(count);
            batch.rowIterator().forEachRemaining(out);
            count = 0;
            for (WritableColumnVector vector : vectors) {
                vector.reset();
            }
        }
    }

    /** Writes one cell of a row. */
    private interface Cell {
        void write(WritableColumnVector vector, int row, byte[] agent, InferenceResult result, int step);
    }
}
