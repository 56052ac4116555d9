package io.murmuration.orchestration.spark;

import static io.murmuration.orchestration.spark.CapabilityColumns.column;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * Agents or tasks by groups of equal profiles. A group is called by the first of its ids, and its members have numbers in the order
 * of ids: no row depends on how the table is divided.
 */
final class GroupedTable implements AutoCloseable {
    static final String AGENT = "agent_id";
    static final String TASK = "task_id";
    static final String CAPACITY = "capacity";
    /** The first id of the group that a row is of. */
    static final String GROUP = "@group";
    /** The row's number in its group, from 0 on. */
    static final String RANK = "@rank";
    /** Of all the group: tasks, or places of its agents. */
    static final String SIZE = "@size";

    /** Where there is such a column: the text of a line that is no row, as Spark's readers keep it. */
    private static final String CORRUPT = "@corrupt";

    private static final String FAULT = "@fault";

    private final Dataset<Row> read;
    private final Dataset<Row> rows;
    private final String id;

    private GroupedTable(Dataset<Row> read, Dataset<Row> grouped, String id) {
        this.read = read;
        rows = grouped.drop(FAULT).persist(StorageLevel.MEMORY_AND_DISK());
        this.id = id;
    }

    /**
     * Agents that take at least one task.
     *
     * @throws InvalidTableException if the table lacks columns, or has rows that cannot be used
     */
    static GroupedTable ofAgents(Dataset<Row> agents, CapabilityColumns capabilities) {
        List<String> columns = Arrays.asList(agents.columns());
        require(columns, "agents", AGENT);
        require(columns, "agents", CAPACITY);
        for (String name : capabilities.all()) {
            if (!columns.contains(name)) {
                throw new InvalidTableException("Tasks ask for " + name + ", but agents have no column " + name);
            }
        }
        Column capacity = column(CAPACITY).try_cast(DataTypes.DoubleType);
        Column whole = capacity.try_cast(DataTypes.IntegerType);
        List<Column> faults = new ArrayList<>();
        faults.add(when(
                capacity.isNull().or(whole.isNull()).or(whole.lt(0)).or(capacity.notEqual(whole)),
                text(CAPACITY, "a whole number from 0 to " + Integer.MAX_VALUE)));
        List<Column> read =
                new ArrayList<>(List.of(column(AGENT).cast(DataTypes.StringType).as(AGENT), whole.as(CAPACITY)));
        capabilities.numeric().forEach(name -> read.add(number(name, faults)));
        capabilities.categorical().forEach(name -> read.add(category(name)));
        Dataset<Row> rows = checked(agents, AGENT, read, faults);
        WindowSpec group = Window.partitionBy(CapabilityColumns.columns(capabilities.all()));
        return new GroupedTable(
                rows,
                rows.where(col(CAPACITY).gt(0))
                        .withColumn(GROUP, min(AGENT).over(group))
                        .withColumn(SIZE, sum(CAPACITY).over(group)),
                AGENT);
    }

    /**
     * Tasks, with columns for all that can be asked for.
     *
     * @throws InvalidTableException if the table lacks its column of ids, or has rows that cannot be used
     */
    static GroupedTable ofTasks(Dataset<Row> tasks, CapabilityColumns capabilities) {
        List<String> columns = Arrays.asList(tasks.columns());
        require(columns, "tasks", TASK);
        List<String> all = capabilities.ofTasks();
        Dataset<Row> complete = tasks;
        for (String name : all) {
            complete = columns.contains(name)
                    ? complete
                    : complete.withColumn(name, lit(null).cast(DataTypes.StringType));
        }
        List<Column> faults = new ArrayList<>();
        List<Column> read =
                new ArrayList<>(List.of(column(TASK).cast(DataTypes.StringType).as(TASK)));
        int numbers = capabilities.numbersOfTasks();
        all.subList(0, numbers).forEach(name -> read.add(number(name, faults)));
        all.subList(numbers, all.size()).forEach(name -> read.add(category(name)));
        for (int wish = 0; wish < all.size(); wish += 2) {
            String name = all.get(wish);
            String must = all.get(wish + 1);
            faults.add(when(
                    column(name).isNotNull().and(column(must).isNotNull()),
                    lit("has both " + name + " and " + must + ", expected one of them")));
        }
        Dataset<Row> rows = checked(complete, TASK, read, faults);
        WindowSpec group = Window.partitionBy(CapabilityColumns.columns(all));
        return new GroupedTable(
                rows,
                rows.withColumn(GROUP, min(TASK).over(group))
                        .withColumn(SIZE, count(lit(1)).over(group))
                        .withColumn(RANK, row_number().over(group.orderBy(TASK)).minus(1)),
                TASK);
    }

    private static void require(List<String> columns, String table, String name) {
        if (!columns.contains(name)) {
            throw new InvalidTableException("The table of " + table + " has no column " + name + ", expected one");
        }
    }

    private static Column number(String name, List<Column> faults) {
        Column number = column(name).try_cast(DataTypes.DoubleType);
        Column finite = number.between(-Double.MAX_VALUE, Double.MAX_VALUE);
        faults.add(when(
                column(name).isNotNull().and(coalesce(finite, lit(false)).equalTo(false)),
                text(name, "a finite number")));
        return number.as(name);
    }

    private static Column category(String name) {
        return column(name).cast(DataTypes.StringType).as(name);
    }

    private static Column text(String name, String expected) {
        Column cell = column(name).cast(DataTypes.StringType);
        return concat(lit("has " + name + " "), coalesce(cell, lit("null")), lit(", expected " + expected));
    }

    private static Dataset<Row> checked(Dataset<Row> table, String id, List<Column> read, List<Column> faults) {
        List<Column> all = new ArrayList<>(read);
        List<Column> problems = new ArrayList<>();
        if (Arrays.asList(table.columns()).contains(CORRUPT)) {
            problems.add(when(
                    column(CORRUPT).isNotNull(),
                    concat(lit("is the line '"), column(CORRUPT), lit("', which is no row of the table"))));
        }
        problems.add(when(column(id).isNull(), lit("has no " + id + ", expected one")));
        problems.addAll(faults);
        all.add(coalesce(problems.toArray(Column[]::new)).as(FAULT));
        Dataset<Row> rows = table.select(all.toArray(Column[]::new)).persist(StorageLevel.MEMORY_AND_DISK());
        Row first = rows.groupBy(id)
                .agg(
                        count(lit(1)).as("rows"),
                        count(FAULT).as("faults"),
                        min(FAULT).as(FAULT))
                .agg(
                        coalesce(sum("faults"), lit(0L)),
                        min(when(col("faults").gt(0), struct(col(id), col(FAULT)))),
                        count(when(col("rows").gt(1), lit(1))),
                        min(when(col("rows").gt(1), col(id))))
                .first();
        Optional<String> sentence = fault(id.equals(AGENT) ? "agent" : "task", first);
        if (sentence.isPresent()) {
            rows.unpersist(true);
            throw new InvalidTableException(sentence.get());
        }
        return rows;
    }

    private static Optional<String> fault(String what, Row found) {
        String table = "The table of " + what + "s has ";
        if (!found.isNullAt(1)) {
            Row at = found.getStruct(1);
            return Optional.of(table
                    + several(found.getLong(0), "row that cannot be used", "rows that cannot be used") + what + " "
                    + (at.isNullAt(0) ? "without an id" : "'" + at.getString(0) + "'") + " " + at.getString(1));
        }
        if (!found.isNullAt(3)) {
            return Optional.of(table + several(found.getLong(2), "id more than once", "ids more than once") + "'"
                    + found.getString(3) + "'");
        }
        return Optional.empty();
    }

    private static String several(long count, String one, String more) {
        return count == 1 ? "1 " + one + ": " : count + " " + more + ", the first: ";
    }

    /** All rows, with the group that each is of. */
    Dataset<Row> rows() {
        return rows;
    }

    /** A row a group, by the first of its ids. */
    Dataset<Row> groups() {
        return rows.where(col(id).equalTo(col(GROUP))).orderBy(id);
    }

    @Override
    public void close() {
        rows.unpersist(true);
        read.unpersist(true);
    }
}
