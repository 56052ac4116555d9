package io.murmuration.stream.source;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.left;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.murmuration.batch.Fleet;
import io.murmuration.batch.InputTable;
import io.murmuration.batch.ObservationColumns;
import io.murmuration.batch.TimeType;
import io.murmuration.model.DiscreteModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Messages that are JSON objects, an observation each, as a table. There is no first file that would tell of columns: the
 * names are those of the contract, and what a value means the models decide, as they do for other text. A message says by
 * itself whether its observation is one array or an element a field, and so its action.
 *
 * @param columns their names
 * @param time what the times are
 * @param elements for each name under which an array may stand, the names that its elements may have instead
 */
public record MessageForm(ObservationColumns columns, TimeType time, Map<String, List<List<String>>> elements) {
    private static final String ACTION = "action";
    private static final String PARSED = "parsed";
    private static final String TEXT = "text";
    /** Of a message that is none, so many characters are kept. */
    private static final int KEPT = 1000;

    /** The form of the messages that a fleet understands. */
    public static MessageForm of(ObservationColumns columns, TimeType time, Fleet fleet) {
        Map<String, List<List<String>>> elements = new LinkedHashMap<>();
        if (columns.observation().isEmpty()) {
            List<List<String>> names = new ArrayList<>();
            names.add(numbered(
                    "o",
                    fleet.members().stream()
                            .mapToInt(member -> member.model().observationWidth())
                            .max()
                            .orElse(0)));
            if (fleet.model(0) instanceof DiscreteModel model
                    && !model.labels().modalities().isEmpty()) {
                names.add(model.labels().modalities().stream()
                        .map(DiscreteModel.Modality::name)
                        .toList());
            }
            elements.put("observation", names);
        }
        elements.put(
                ACTION,
                List.of(numbered(
                        "a",
                        fleet.members().stream()
                                .mapToInt(member -> member.model().actionWidth())
                                .max()
                                .orElse(0))));
        return new MessageForm(columns, time, elements);
    }

    private static List<String> numbered(String letter, int count) {
        return IntStream.range(0, count).mapToObj(i -> letter + i).toList();
    }

    /** The names of the table's columns. */
    private Set<String> names(boolean named) {
        Set<String> names = new LinkedHashSet<>(List.of(columns.agent(), columns.time()));
        if (named) {
            names.add(columns.model());
        }
        names.addAll(columns.observation());
        names.addAll(elements.keySet());
        return names;
    }

    /** All fields that a message may have. */
    private StructType fields(boolean named) {
        Set<String> all = names(named);
        elements.values().forEach(forms -> forms.forEach(all::addAll));
        StructType fields = new StructType();
        for (String name : all) {
            fields = fields.add(name, DataTypes.StringType, true);
        }
        return fields.add(InputTable.CORRUPT, DataTypes.StringType, true);
    }

    /**
     * The messages as a table.
     *
     * @param messages with a column {@code value}, text or bytes, and {@code timestamp}, when it came
     * @param fleet the models
     */
    public StreamSource.Opened open(SparkSession session, Dataset<Row> messages, Fleet fleet) {
        return new StreamSource.Opened(rows(messages, fleet.named()), sample(session, fleet.named()));
    }

    private Dataset<Row> rows(Dataset<Row> messages, boolean named) {
        // Bytes that are no text would be none in what is written, either.
        Column text = call_function("make_valid_utf8", col("value").cast(DataTypes.StringType));
        Column object = when(col(TEXT).rlike("^\\s*\\{"), col(TEXT));
        Map<String, String> options = Map.of("mode", "PERMISSIVE", "columnNameOfCorruptRecord", InputTable.CORRUPT);
        Dataset<Row> parsed = messages.select(col("timestamp").as(StreamSource.ARRIVED), text.as(TEXT))
                .withColumn(PARSED, from_json(object, fields(named), options));
        List<Column> all = new ArrayList<>();
        for (String name : names(named)) {
            all.add(value(name).as(name));
        }
        Column malformed = col(PARSED).isNull().or(field(InputTable.CORRUPT).isNotNull());
        all.add(when(malformed, coalesce(shortened(col(TEXT)), lit("null"))).as(InputTable.CORRUPT));
        all.add(col(StreamSource.ARRIVED));
        return parsed.select(all.toArray(Column[]::new));
    }

    private static Column shortened(Column text) {
        return when(length(text).leq(KEPT), text)
                .otherwise(concat(left(text, lit(KEPT)), lit("… ("), length(text), lit(" characters)")));
    }

    private static Column field(String name) {
        return col(PARSED).getField(name);
    }

    /** A field, or an array of the fields that hold its elements. */
    private Column value(String name) {
        List<Column> forms = new ArrayList<>(List.of(field(name)));
        for (List<String> names : elements.getOrDefault(name, List.of())) {
            if (!names.isEmpty()) {
                Column[] fields = names.stream().map(MessageForm::field).toArray(Column[]::new);
                forms.add(when(coalesce(fields).isNotNull(), to_json(array(fields))));
            }
        }
        return coalesce(forms.toArray(Column[]::new));
    }

    /** A row that looks like all others. */
    private Dataset<Row> sample(SparkSession session, boolean named) {
        StructType schema = new StructType();
        List<Object> values = new ArrayList<>();
        for (String name : names(named)) {
            schema = schema.add(name, DataTypes.StringType, true);
            values.add(
                    name.equals(columns.time())
                            ? time == TimeType.TIMESTAMP ? "1970-01-01T00:00:00Z" : "0"
                            : name.equals("observation")
                                            || columns.observation().equals(List.of(name))
                                    ? "[]"
                                    : null);
        }
        return session.createDataFrame(List.of(RowFactory.create(values.toArray())), schema);
    }
}
