package io.murmuration.batch;

import io.murmuration.inference.AgentState;
import io.murmuration.inference.AgentStateCodec;
import io.murmuration.inference.CountLearning.Learned;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The tables beside the results: where each agent stands, what was learned, which rows were rejected.
 *
 * @param named whether the model's name is a column
 * @param form of the rows as read
 * @param format of the files
 */
public record SideTables(boolean named, KeyedRows form, TableFormat format) implements Serializable {
    public static final String STATE = "state";
    public static final String LEARNED = "learned";
    public static final String REJECTED = "rejected";
    private static final List<String> COUNTS = List.of("pA", "pB", "pD");
    /** Columns that are added to a rejected row; one of these names in the input is put behind a prefix. */
    private static final List<String> OWN = List.of("code", "reason");

    private StructType keyed(StructField... fields) {
        List<StructField> all = new ArrayList<>();
        if (named) {
            all.add(DataTypes.createStructField(ResultTable.MODEL, DataTypes.StringType, true));
        }
        all.add(DataTypes.createStructField(ResultTable.AGENT, DataTypes.StringType, true));
        all.addAll(Arrays.asList(fields));
        return new StructType(all.toArray(StructField[]::new));
    }

    private InternalRow row(String model, String agent, Object... values) {
        List<Object> all = new ArrayList<>();
        if (named) {
            all.add(UTF8String.fromString(model));
        }
        all.add(agent == null ? null : UTF8String.fromString(agent));
        all.addAll(Arrays.asList(values));
        return new GenericInternalRow(all.toArray());
    }

    /** A row an agent: its key, the time of its last observation, how many it has had, and the state's bytes. */
    StructType stateSchema() {
        DataType bytes = format == TableFormat.PARQUET ? DataTypes.BinaryType : DataTypes.StringType;
        return keyed(
                DataTypes.createStructField(ResultTable.TIME, form.timeType().type(), true),
                DataTypes.createStructField("steps", DataTypes.LongType, true),
                DataTypes.createStructField("version", DataTypes.IntegerType, true),
                DataTypes.createStructField(STATE, bytes, true));
    }

    public InternalRow state(String model, String agent, long time, AgentState state) {
        byte[] bytes = AgentStateCodec.encode(state);
        return row(
                model,
                agent,
                time(time),
                state.steps(),
                (int) AgentStateCodec.VERSION,
                format == TableFormat.PARQUET
                        ? bytes
                        : UTF8String.fromString(Base64.getEncoder().encodeToString(bytes)));
    }

    private Object time(long time) {
        return form.timeType() == TimeType.INTEGER ? (Object) (int) time : (Object) time;
    }

    /** A row whose surprise was over its agent's threshold. */
    public StructType alertSchema() {
        return keyed(
                DataTypes.createStructField(ResultTable.TIME, form.timeType().type(), true),
                DataTypes.createStructField("free_energy", DataTypes.DoubleType, true),
                DataTypes.createStructField("threshold", DataTypes.DoubleType, true));
    }

    public InternalRow alert(String model, String agent, long time, double freeEnergy, double threshold) {
        return row(model, agent, time(time), freeEnergy, threshold);
    }

    /** Counts, each an array of tensors flattened row-major. */
    StructType learnedSchema() {
        return keyed(COUNTS.stream()
                .map(name -> DataTypes.createStructField(name, countsType(), true))
                .toArray(StructField[]::new));
    }

    private DataType countsType() {
        return format.holdsArrays()
                ? DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.DoubleType, false), false)
                : DataTypes.StringType;
    }

    /** Counts behind the time at which an agent was seen last, and how many observations it had had. */
    public StructType evictedSchema() {
        return keyed(Stream.concat(
                        Stream.of(
                                DataTypes.createStructField(
                                        ResultTable.TIME, form.timeType().type(), true),
                                DataTypes.createStructField("steps", DataTypes.LongType, true)),
                        COUNTS.stream().map(name -> DataTypes.createStructField(name, countsType(), true)))
                .toArray(StructField[]::new));
    }

    /** A row of an agent that was let go; its counts are null where it has none of its own. */
    public InternalRow evicted(String model, String agent, long time, long steps, Optional<Learned> learned) {
        return row(
                model,
                agent,
                time(time),
                steps,
                learned.map(counts -> counts(counts.pA())).orElse(null),
                learned.map(counts -> counts(counts.pB())).orElse(null),
                learned.map(counts -> counts(counts.pD())).orElse(null));
    }

    /** A row of an agent, or of a population, whose {@code agent} is null. */
    public InternalRow learned(String model, String agent, Learned learned) {
        return row(model, agent, counts(learned.pA()), counts(learned.pB()), counts(learned.pD()));
    }

    private Object counts(List<double[]> tensors) {
        if (!format.holdsArrays()) {
            return UTF8String.fromString(
                    tensors.stream().map(Arrays::toString).toList().toString().replace(" ", ""));
        }
        return new GenericArrayData(
                tensors.stream().map(UnsafeArrayData::fromPrimitiveArray).toArray());
    }

    /** The row as read, behind it the code and the reason. */
    public StructType rejectedSchema() {
        List<StructField> all = new ArrayList<>();
        for (StructField field : form.raw().fields()) {
            if (asRead(field)) {
                boolean array = field.dataType() instanceof ArrayType;
                DataType type = array && !format.holdsArrays() ? DataTypes.StringType : field.dataType();
                String name = OWN.contains(field.name()) ? "input_" + field.name() : field.name();
                all.add(DataTypes.createStructField(name, type, true));
            }
        }
        OWN.forEach(name -> all.add(DataTypes.createStructField(name, DataTypes.StringType, true)));
        return new StructType(all.toArray(StructField[]::new));
    }

    /** The text of a row that is none stands in the reason. */
    private static boolean asRead(StructField field) {
        return !field.name().equals(InputTable.CORRUPT);
    }

    public InternalRow rejected(InternalRow raw, Rejection rejection) {
        StructField[] fields = form.raw().fields();
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < fields.length; i++) {
            if (asRead(fields[i])) {
                values.add(raw.isNullAt(i) ? null : cell(raw, i, fields[i].dataType()));
            }
        }
        values.add(UTF8String.fromString(rejection.code().text()));
        values.add(UTF8String.fromString(rejection.reason()));
        return new GenericInternalRow(values.toArray());
    }

    private Object cell(InternalRow raw, int place, DataType type) {
        Object value = raw.get(place, type);
        if (value instanceof org.apache.spark.sql.catalyst.util.ArrayData array && !format.holdsArrays()) {
            DataType element = ((ArrayType) type).elementType();
            return UTF8String.fromString(Arrays.toString(array.toObjectArray(element)));
        }
        return value;
    }
}
