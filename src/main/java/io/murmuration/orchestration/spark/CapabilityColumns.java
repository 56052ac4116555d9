package io.murmuration.orchestration.spark;

import io.murmuration.orchestration.assignment.Capabilities;
import io.murmuration.orchestration.assignment.Requirement;
import io.murmuration.orchestration.assignment.Requirement.AtLeast;
import io.murmuration.orchestration.assignment.Requirement.Is;
import io.murmuration.orchestration.assignment.Requirements;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The capabilities that tasks ask for, as the columns of both tables name them: {@code min_X} and {@code is_X} are what a task
 * would like of capability X, {@code must_min_X} and {@code must_is_X} what it does not go without. A capability of agents that no
 * task asks for makes no difference, and is not read.
 *
 * @param numeric names of numbers, in order
 * @param categorical names of categories, in order
 */
record CapabilityColumns(List<String> numeric, List<String> categorical) implements Serializable {
    static final String MIN = "min_";
    static final String IS = "is_";
    static final String MUST = "must_";

    /** @throws InvalidTableException if tasks ask for one capability as a number and as a category */
    static CapabilityColumns of(String[] taskColumns) {
        List<String> numeric = names(taskColumns, MIN);
        List<String> categorical = names(taskColumns, IS);
        for (String name : numeric) {
            if (categorical.contains(name)) {
                throw new InvalidTableException("Tasks have columns that ask for " + name
                        + " as a number and as a category, expected " + MIN + name + " or " + IS + name);
            }
        }
        return new CapabilityColumns(numeric, categorical);
    }

    private static List<String> names(String[] columns, String prefix) {
        TreeSet<String> names = new TreeSet<>();
        for (String column : columns) {
            String wish = column.startsWith(MUST) ? column.substring(MUST.length()) : column;
            if (wish.startsWith(prefix) && wish.length() > prefix.length()) {
                names.add(wish.substring(prefix.length()));
            }
        }
        return List.copyOf(names);
    }

    /** All names: numbers, then categories. */
    List<String> all() {
        return Stream.concat(numeric.stream(), categorical.stream()).toList();
    }

    /** The columns of tasks, whether the table has them or not: numbers, then categories, those of wishes before those of musts. */
    List<String> ofTasks() {
        List<String> columns = new ArrayList<>();
        numeric.forEach(name -> columns.addAll(List.of(MIN + name, MUST + MIN + name)));
        categorical.forEach(name -> columns.addAll(List.of(IS + name, MUST + IS + name)));
        return columns;
    }

    /** How many of {@link #ofTasks} are numbers. */
    int numbersOfTasks() {
        return 2 * numeric.size();
    }

    /** A column by its name, whatever characters are in it. */
    static Column column(String name) {
        return functions.col("`" + name.replace("`", "``") + "`");
    }

    static Column[] columns(List<String> names) {
        return names.stream().map(CapabilityColumns::column).toArray(Column[]::new);
    }

    /** What the agents of a row can do. */
    Capabilities capabilities(Row row) {
        Map<String, Double> numbers = new HashMap<>();
        Map<String, String> categories = new HashMap<>();
        for (String name : numeric) {
            Double number = row.getAs(name);
            if (number != null) {
                numbers.put(name, number);
            }
        }
        for (String name : categorical) {
            String category = row.getAs(name);
            if (category != null) {
                categories.put(name, category);
            }
        }
        return new Capabilities(numbers, categories);
    }

    /** What the tasks of a row ask for. */
    Requirements requirements(Row row) {
        List<Requirement> requirements = new ArrayList<>();
        for (String name : numeric) {
            for (boolean required : new boolean[] {false, true}) {
                Double number = row.getAs((required ? MUST : "") + MIN + name);
                if (number != null) {
                    requirements.add(new AtLeast(name, number, required));
                }
            }
        }
        for (String name : categorical) {
            for (boolean required : new boolean[] {false, true}) {
                String category = row.getAs((required ? MUST : "") + IS + name);
                if (category != null) {
                    requirements.add(new Is(name, category, required));
                }
            }
        }
        return new Requirements(requirements);
    }

    /** Columns of tasks that ask for nothing. */
    static List<String> others(String[] taskColumns) {
        return Arrays.stream(taskColumns)
                .filter(column -> !column.equals(GroupedTable.TASK) && !column.startsWith("@"))
                .filter(column -> names(new String[] {column}, MIN).isEmpty()
                        && names(new String[] {column}, IS).isEmpty())
                .toList();
    }
}
