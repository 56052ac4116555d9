package io.murmuration.batch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;

import io.murmuration.model.DiscreteModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Gives every row of a table of observations its key.
 *
 * @param rows keyed rows in any order: model, agent, time, state, and the row as read
 * @param form what the rows as read hold
 */
public record ObservationSource(Dataset<Row> rows, KeyedRows form) {
    /** A year and a month: a time of day alone would be one of the day on which the job runs. */
    private static final String DATE = "^\\\\s*[+-]?[0-9]{4,}-[0-9]";
    /** A time of day with a zone behind it. */
    private static final String ZONE = ":[0-9.]+\\\\s*([A-Za-z]|[+-][0-9])";

    private static final String INTEGER_TEXT = "^\\\\s*[+-]?[0-9]+\\\\s*$";

    /** Keys the rows of any table; no more than its names and a few rows are read. */
    static ObservationSource of(Dataset<Row> table, ObservationColumns columns, Fleet fleet) {
        Dataset<Row> numbered = withRowNumber(table, columns);
        return of(numbered, numbered, columns, fleet);
    }

    /**
     * Keys the rows of a table that need not be bounded.
     *
     * @param input the table
     * @param sample a bounded table with the same columns: what its first rows look like, the table's rows are taken for
     * @param beside columns of the table that keyed rows have behind those of their form
     * @throws CallerException if the table does not have the columns that are named
     */
    public static ObservationSource of(
            Dataset<Row> input, Dataset<Row> sample, ObservationColumns columns, Fleet fleet, Column... beside) {
        List<String> used = new ArrayList<>();
        int agent = use(used, input, columns.agent(), "the agent (--agent)");
        int time = use(used, input, columns.time(), "the time (--time)");
        int model = fleet.named() ? use(used, input, columns.model(), "the model of a fleet (--model-column)") : -1;
        List<String> observation = observationColumns(input.schema(), columns, fleet);
        checkWidth(observation, fleet);
        List<Integer> observationPlaces = observation.stream()
                .map(name -> use(used, input, name, "the observation (--observation)"))
                .toList();
        List<Integer> actionPlaces = actionColumns(input.schema(), fleet).stream()
                .map(name -> use(used, input, name, "the action"))
                .toList();
        boolean corrupt = Arrays.asList(input.columns()).contains(InputTable.CORRUPT);
        int corruptPlace = corrupt ? use(used, input, InputTable.CORRUPT, "") : -1;

        TimeType timeType = timeType(sample, columns.time());
        Column[] keyed = {
            (model < 0 ? lit(null) : name(columns.model()))
                    .cast(DataTypes.StringType)
                    .as("model"),
            name(columns.agent()).cast(DataTypes.StringType).as("agent"),
            time(input, columns.time(), timeType).as("t"),
            lit(null).cast(DataTypes.BinaryType).as("state"),
            struct(used.stream().map(ObservationSource::name).toArray(Column[]::new))
                    .as("raw")
        };
        Dataset<Row> rows = input.select(
                Stream.concat(Arrays.stream(keyed), Arrays.stream(beside)).toArray(Column[]::new));
        StructType raw = (StructType) rows.schema().apply("raw").dataType();
        boolean array = observation.size() == 1
                && (input.schema().apply(observation.get(0)).dataType() instanceof org.apache.spark.sql.types.ArrayType
                        || isArrayText(sample, observation.get(0), fleet));
        return new ObservationSource(
                rows,
                new KeyedRows(raw, agent, time, model, observationPlaces, array, actionPlaces, corruptPlace, timeType));
    }

    private static Column name(String column) {
        return col("`" + column.replace("`", "``") + "`");
    }

    private static Dataset<Row> withRowNumber(Dataset<Row> table, ObservationColumns columns) {
        if (!columns.time().equals(ObservationColumns.ROW)) {
            return table;
        }
        return table.withColumn(
                ObservationColumns.ROW,
                row_number()
                        .over(Window.partitionBy(InputTable.PATH).orderBy(monotonically_increasing_id()))
                        .cast(DataTypes.LongType)
                        .minus(1));
    }

    /** The place of a column among those in use, which it joins. */
    private static int use(List<String> used, Dataset<Row> input, String column, String what) {
        if (!Arrays.asList(input.columns()).contains(column)) {
            List<String> columns = Arrays.stream(input.columns())
                    .filter(name -> !name.startsWith("@"))
                    .toList();
            throw new CallerException("The input has no column \"" + column + "\" for " + what
                    + (columns.isEmpty() ? "; it is empty" : "; its columns are " + String.join(", ", columns)));
        }
        if (!used.contains(column)) {
            used.add(column);
        }
        return used.indexOf(column);
    }

    private static List<String> observationColumns(StructType schema, ObservationColumns columns, Fleet fleet) {
        List<String> names = Arrays.asList(schema.fieldNames());
        if (!columns.observation().isEmpty()) {
            return columns.observation();
        }
        if (names.contains("observation")) {
            return List.of("observation");
        }
        int width = fleet.members().stream()
                .mapToInt(m -> m.model().observationWidth())
                .max()
                .orElseThrow();
        List<String> numbered = IntStream.range(0, width).mapToObj(i -> "o" + i).toList();
        if (names.contains("o0")) {
            // Not every table of a fleet has the columns of the widest model: its rows are judged one by one.
            return fleet.named() ? numbered.stream().takeWhile(names::contains).toList() : numbered;
        }
        if (fleet.model(0) instanceof DiscreteModel model
                && !model.labels().modalities().isEmpty()) {
            return model.labels().modalities().stream()
                    .map(DiscreteModel.Modality::name)
                    .toList();
        }
        throw new CallerException("The input has neither a column \"observation\" nor \"o0\"; its columns are "
                + String.join(
                        ", ", names.stream().filter(c -> !c.startsWith("@")).toList())
                + ": name those of the observation with --observation");
    }

    private static void checkWidth(List<String> observation, Fleet fleet) {
        int wanted = fleet.model(0).observationWidth();
        if (!fleet.named() && observation.size() != 1 && observation.size() != wanted) {
            throw new CallerException("The observation has the columns " + String.join(", ", observation)
                    + " (--observation), but the model sees " + wanted + (wanted == 1 ? " element" : " elements"));
        }
    }

    private static List<String> actionColumns(StructType schema, Fleet fleet) {
        List<String> names = Arrays.asList(schema.fieldNames());
        if (names.contains("action")) {
            return List.of("action");
        }
        int width = fleet.members().stream()
                .mapToInt(m -> m.model().actionWidth())
                .max()
                .orElse(0);
        List<String> numbered = IntStream.range(0, width).mapToObj(i -> "a" + i).toList();
        List<String> present = numbered.stream().filter(names::contains).toList();
        boolean complete = present.isEmpty() || present.size() == width;
        boolean enoughForSome = fleet.named() && present.equals(numbered.subList(0, present.size()));
        if (!complete && !enoughForSome) {
            throw new CallerException("The input has the action columns " + String.join(", ", present)
                    + ", but the model acts on " + width + " factors: expected all of " + String.join(", ", numbered)
                    + ", or none");
        }
        return present;
    }

    /** Whether a column of text holds JSON arrays: it must where the models see more than one element. */
    private static boolean isArrayText(Dataset<Row> input, String column, Fleet fleet) {
        if (!input.schema().apply(column).dataType().equals(DataTypes.StringType)) {
            return false;
        }
        return fleet.members().stream().anyMatch(m -> m.model().observationWidth() > 1)
                || input.select(name(column)).where(name(column).isNotNull()).limit(1).collectAsList().stream()
                        .anyMatch(row -> row.getString(0).strip().startsWith("["));
    }

    /** What the time is: by the column's type, or, where it is text, by what most of the first rows that have one look like. */
    private static TimeType timeType(Dataset<Row> input, String column) {
        DataType type = input.schema().apply(column).dataType();
        if (type.equals(DataTypes.LongType)) {
            return TimeType.LONG;
        }
        if (type.equals(DataTypes.IntegerType) || type.equals(DataTypes.ShortType) || type.equals(DataTypes.ByteType)) {
            return TimeType.INTEGER;
        }
        if (type.equals(DataTypes.TimestampType)
                || type.equals(DataTypes.TimestampNTZType)
                || type.equals(DataTypes.DateType)) {
            return TimeType.TIMESTAMP;
        }
        if (!type.equals(DataTypes.StringType)) {
            throw new CallerException("The column \"" + column + "\" of the time is of type " + type.simpleString()
                    + ", expected an integer or a timestamp");
        }
        List<Row> first = input.select(name(column))
                .where(name(column).isNotNull())
                .limit(20)
                .collectAsList();
        long integers = first.stream()
                .filter(row -> row.getString(0).strip().matches("[+-]?[0-9]+"))
                .count();
        return 2 * integers >= first.size() ? TimeType.LONG : TimeType.TIMESTAMP;
    }

    /** Times as integers, or as microseconds since the epoch: UTC, whatever the zone of the session. */
    static Column time(Dataset<Row> input, String column, TimeType timeType) {
        DataType type = input.schema().apply(column).dataType();
        String quoted = "`" + column.replace("`", "``") + "`";
        if (timeType != TimeType.TIMESTAMP) {
            return type.equals(DataTypes.StringType)
                    ? expr("case when " + quoted + " rlike '" + INTEGER_TEXT + "' then try_cast(trim(" + quoted
                            + ") as bigint) end")
                    : name(column).cast(DataTypes.LongType);
        }
        if (type.equals(DataTypes.TimestampType)) {
            return expr("unix_micros(" + quoted + ")");
        }
        if (!type.equals(DataTypes.StringType)) {
            return expr(microseconds("cast(" + quoted + " as timestamp_ntz)"));
        }
        return expr("case when not " + quoted + " rlike '" + DATE + "' then null when " + quoted + " rlike '" + ZONE
                + "' then unix_micros(try_cast(" + quoted + " as timestamp)) else "
                + microseconds("try_cast(" + quoted + " as timestamp_ntz)") + " end");
    }

    /** Microseconds since the epoch of a time without a zone, which is taken for UTC. */
    private static String microseconds(String local) {
        return "unix_micros(make_timestamp(year(" + local + "), month(" + local + "), day(" + local + "), hour(" + local
                + "), minute(" + local + "), extract(second from " + local + "), 'UTC'))";
    }
}
