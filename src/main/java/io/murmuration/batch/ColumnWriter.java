package io.murmuration.batch;

import io.murmuration.inference.ResultLayout.Column;
import io.murmuration.inference.ResultLayout.Kind;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Writes one column of results into a vector of cells, from where it stands among a step's values. */
final class ColumnWriter {
    private final Column column;
    private final DataType type;
    private final double[] values;
    private final boolean single;
    private final StringBuilder json = new StringBuilder();

    ColumnWriter(Column column, Precision precision, TableFormat format) {
        this.column = column;
        this.type = type(column, precision, format);
        this.values = new double[column.width()];
        this.single = precision == Precision.SINGLE;
    }

    /** The type of a column's cells. */
    static DataType type(Column column, Precision precision, TableFormat format) {
        DataType real = precision == Precision.SINGLE ? DataTypes.FloatType : DataTypes.DoubleType;
        if (column.kind() == Kind.SCALAR) {
            return real;
        }
        if (!format.holdsArrays()) {
            return DataTypes.StringType;
        }
        return switch (column.kind()) {
            case SCALAR, VECTOR -> DataTypes.createArrayType(real, false);
            case INTEGERS -> DataTypes.createArrayType(DataTypes.IntegerType, false);
            case ROWS -> DataTypes.createArrayType(DataTypes.createArrayType(real, false), false);
        };
    }

    /**
     * Writes a cell.
     *
     * @param source of the values
     * @param index of the first value, when the column stood at offset 0
     * @param stride between values
     */
    void write(WritableColumnVector cells, int row, double[] source, int index, int stride) {
        int start = index + column.offset() * stride;
        for (int i = 0; i < values.length; i++) {
            values[i] = source[start + i * stride];
        }
        if (column.kind() == Kind.SCALAR) {
            writeScalar(cells, row);
        } else if (type.equals(DataTypes.StringType)) {
            cells.putByteArray(row, json().getBytes(StandardCharsets.UTF_8));
        } else if (column.kind() == Kind.ROWS) {
            writeRows(cells, row);
        } else {
            WritableColumnVector elements = cells.arrayData();
            cells.putArray(row, elements.getElementsAppended(), values.length);
            append(elements, 0, values.length);
        }
    }

    private void writeScalar(WritableColumnVector cells, int row) {
        if (Double.isNaN(values[0])) {
            cells.putNull(row);
        } else if (single) {
            cells.putFloat(row, (float) values[0]);
        } else {
            cells.putDouble(row, values[0]);
        }
    }

    private void writeRows(WritableColumnVector cells, int row) {
        WritableColumnVector rows = cells.arrayData();
        cells.putArray(row, rows.getElementsAppended(), column.rowLengths().size());
        int offset = 0;
        for (int length : column.rowLengths()) {
            rows.appendArray(length);
            append(rows.arrayData(), offset, length);
            offset += length;
        }
    }

    private void append(WritableColumnVector elements, int from, int count) {
        if (column.kind() == Kind.INTEGERS) {
            for (int i = from; i < from + count; i++) {
                elements.appendInt((int) values[i]);
            }
        } else if (single) {
            for (int i = from; i < from + count; i++) {
                elements.appendFloat((float) values[i]);
            }
        } else {
            elements.appendDoubles(count, values, from);
        }
    }

    /** The array as JSON. */
    private String json() {
        json.setLength(0);
        if (column.kind() == Kind.ROWS) {
            json.append('[');
            int offset = 0;
            for (int length : column.rowLengths()) {
                json.append(offset == 0 ? "" : ",");
                appendJson(offset, length);
                offset += length;
            }
            json.append(']');
        } else {
            appendJson(0, values.length);
        }
        return json.toString();
    }

    private void appendJson(int from, int count) {
        json.append('[');
        for (int i = from; i < from + count; i++) {
            json.append(i == from ? "" : ",");
            if (column.kind() == Kind.INTEGERS) {
                json.append((int) values[i]);
            } else if (single) {
                json.append((float) values[i]);
            } else {
                json.append(values[i]);
            }
        }
        json.append(']');
    }
}
