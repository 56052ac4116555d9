package io.murmuration.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.Serializable;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/** Reads one cell of an observation as a {@link Value}, whatever the type of its column. */
interface ValueReader extends Serializable {
    ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /** The value at a place of a row or an array, which is not null there. */
    Value read(SpecializedGetters cells, int place);

    /** What a cell holds. */
    sealed interface Value {}

    /** A number, exactly as a double. */
    record Real(double value) implements Value {}

    /** Text that is to be understood by the model's labels or as a number. */
    record Text(String text) implements Value {}

    /** An array, one value an element; null where an element is. */
    record Array(Value[] elements) implements Value {}

    /** A cell of a type that no observation has. */
    record Strange(String what) implements Value {}

    /** The reader of a column's type. */
    static ValueReader of(DataType type) {
        if (type.equals(DataTypes.StringType)) {
            return (cells, place) -> new Text(cells.getUTF8String(place).toString());
        }
        if (type.equals(DataTypes.DoubleType)) {
            return (cells, place) -> new Real(cells.getDouble(place));
        }
        if (type.equals(DataTypes.FloatType)) {
            return (cells, place) -> new Real(cells.getFloat(place));
        }
        if (type.equals(DataTypes.LongType)) {
            return (cells, place) -> new Real(cells.getLong(place));
        }
        if (type.equals(DataTypes.IntegerType)) {
            return (cells, place) -> new Real(cells.getInt(place));
        }
        if (type.equals(DataTypes.ShortType)) {
            return (cells, place) -> new Real(cells.getShort(place));
        }
        if (type.equals(DataTypes.ByteType)) {
            return (cells, place) -> new Real(cells.getByte(place));
        }
        if (type instanceof DecimalType decimal) {
            return (cells, place) -> new Real(cells.getDecimal(place, decimal.precision(), decimal.scale())
                    .toDouble());
        }
        if (type instanceof ArrayType array) {
            ValueReader element = of(array.elementType());
            return (cells, place) -> readArray(cells.getArray(place), element);
        }
        String name = type.simpleString();
        return (cells, place) -> new Strange(name);
    }

    private static Array readArray(ArrayData array, ValueReader element) {
        Value[] values = new Value[array.numElements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.isNullAt(i) ? null : element.read(array, i);
        }
        return new Array(values);
    }

    /** Text that is a JSON array, as CSV cells are, becomes an array; all else stays what it is. */
    static Value unfold(Value value) {
        if (!(value instanceof Text text) || !text.text().stripLeading().startsWith("[")) {
            return value;
        }
        try {
            JsonNode node = JSON.readTree(text.text());
            Value[] values = new Value[node.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value(node.get(i));
            }
            return new Array(values);
        } catch (JsonProcessingException e) {
            return new Strange("an array that is not JSON");
        }
    }

    private static Value value(JsonNode element) {
        if (element.isNull()) {
            return null;
        }
        if (element.isContainerNode()) {
            return new Strange(element.isArray() ? "an array in an array" : "an object in an array");
        }
        return element.isNumber() ? new Real(element.doubleValue()) : new Text(element.asText());
    }
}
