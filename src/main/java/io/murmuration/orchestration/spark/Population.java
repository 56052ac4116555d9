package io.murmuration.orchestration.spark;

import com.fasterxml.jackson.databind.JsonNode;
import io.murmuration.inference.Draws;
import io.murmuration.orchestration.matching.CompiledProblem;
import io.murmuration.orchestration.matching.Demands;
import io.murmuration.orchestration.matching.Profiles;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Agents and tasks that are made up. All is drawn uniformly, each cell by itself from the seed, the row's id and the column, so
 * that tables are the same however they are divided.
 *
 * @param agents how many, at least 1
 * @param tasks how many, at least 1
 * @param seed of all chance
 * @param leastCapacity of an agent, at least 0
 * @param mostCapacity of an agent
 */
public record Population(
        int agents, int tasks, long seed, int leastCapacity, int mostCapacity, List<Capability> capabilities)
        implements Serializable {
    private static final Set<String> KEYS = Set.of("agents", "tasks", "seed", "capacity", "capabilities");
    private static final Set<String> KEYS_OF_CAPABILITY = Set.of("from", "to", "step", "values", "asked", "required");

    /**
     * What agents have and tasks ask for.
     *
     * @param values categories, or none if it is a number
     * @param from the least number
     * @param to the largest number
     * @param step numbers are multiples of it above the least one
     * @param asked the share of tasks that ask for it, for a number or a category as agents have them
     * @param required the share of those that do not go without
     */
    public record Capability(
            String name, List<String> values, double from, double to, double step, double asked, double required)
            implements Serializable {
        boolean numeric() {
            return values.isEmpty();
        }

        private Object draw(double uniform) {
            if (!numeric()) {
                return values.get((int) (uniform * values.size()));
            }
            long steps = Math.round((to - from) / step);
            BigDecimal above = BigDecimal.valueOf(step).multiply(BigDecimal.valueOf((long) (uniform * (steps + 1))));
            return BigDecimal.valueOf(from).add(above).doubleValue();
        }
    }

    /**
     * Reads a description.
     *
     * @throws InvalidTableException if it is none
     */
    public static Population of(JsonNode tree) {
        known(tree, KEYS, "");
        JsonNode capacity = tree.path("capacity");
        List<Capability> capabilities = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : tree.path("capabilities").properties()) {
            capabilities.add(capability(entry.getKey(), entry.getValue()));
        }
        return new Population(
                (int) number(tree, "agents", "", 1, Integer.MAX_VALUE),
                (int) number(tree, "tasks", "", 1, Integer.MAX_VALUE),
                tree.path("seed").asLong(0),
                (int) number(capacity, "from", "capacity.", 0, Integer.MAX_VALUE),
                (int) number(capacity, "to", "capacity.", capacity.path("from").asInt(), Integer.MAX_VALUE),
                capabilities);
    }

    private static Capability capability(String name, JsonNode tree) {
        String at = "capabilities." + name + ".";
        known(tree, KEYS_OF_CAPABILITY, at);
        List<String> values = new ArrayList<>();
        tree.path("values").forEach(value -> values.add(value.asText()));
        double from = 0;
        double to = 0;
        double step = 1;
        if (values.isEmpty()) {
            from = number(tree, "from", at, -Double.MAX_VALUE, Double.MAX_VALUE);
            to = number(tree, "to", at, from, Double.MAX_VALUE);
            step = number(tree, "step", at, Double.MIN_NORMAL, Double.MAX_VALUE);
        }
        return new Capability(
                name, values, from, to, step, number(tree, "asked", at, 0, 1), number(tree, "required", at, 0, 1));
    }

    private static void known(JsonNode tree, Set<String> keys, String at) {
        for (Map.Entry<String, JsonNode> entry : tree.properties()) {
            if (!keys.contains(entry.getKey())) {
                throw new InvalidTableException("There is no setting " + at + entry.getKey() + ", expected one of "
                        + String.join(", ", keys.stream().sorted().toList()));
            }
        }
    }

    private static double number(JsonNode tree, String key, String at, double least, double most) {
        JsonNode value = tree.path(key);
        if (value.isNumber() && value.asDouble() >= least && value.asDouble() <= most) {
            return value.asDouble();
        }
        throw new InvalidTableException(at + key + " is " + (value.isMissingNode() ? "not given" : value)
                + ", expected a number from " + text(least) + " to " + text(most));
    }

    private static String text(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    /** The same with other numbers of agents and tasks. */
    public Population ofSize(int otherAgents, int otherTasks) {
        return new Population(otherAgents, otherTasks, seed, leastCapacity, mostCapacity, capabilities);
    }

    /** The problem that its tables are of, each agent and each task by itself, as {@link MatchingRun} would compile it. */
    public CompiledProblem problem() {
        CapabilityColumns columns = CapabilityColumns.of(taskSchema().fieldNames());
        Profiles.Builder profiles = new Profiles.Builder(columns.numeric(), columns.categorical());
        for (int i = 0; i < agents; i++) {
            Row row = withSchema(agent(i), agentSchema());
            profiles.add(columns.capabilities(row), row.<Integer>getAs(GroupedTable.CAPACITY));
        }
        Profiles built = profiles.build();
        Demands.Builder demands = new Demands.Builder(built);
        for (int i = 0; i < tasks; i++) {
            demands.add(columns.requirements(withSchema(task(i), taskSchema())), 1);
        }
        return new CompiledProblem(built, demands.build());
    }

    private static Row withSchema(Row cells, StructType schema) {
        return new GenericRowWithSchema(
                IntStream.range(0, cells.size()).mapToObj(cells::get).toArray(), schema);
    }

    /** The table of agents. */
    public Dataset<Row> agentTable(SparkSession session) {
        return table(session, agents, agentSchema(), this::agent);
    }

    private StructType agentSchema() {
        StructType schema = new StructType()
                .add(GroupedTable.AGENT, DataTypes.StringType, false)
                .add(GroupedTable.CAPACITY, DataTypes.IntegerType, false);
        for (Capability capability : capabilities) {
            schema = schema.add(
                    capability.name(), capability.numeric() ? DataTypes.DoubleType : DataTypes.StringType, false);
        }
        return schema;
    }

    /** The table of tasks. */
    public Dataset<Row> taskTable(SparkSession session) {
        return table(session, tasks, taskSchema(), this::task);
    }

    private StructType taskSchema() {
        StructType schema = new StructType().add(GroupedTable.TASK, DataTypes.StringType, false);
        for (Capability capability : capabilities) {
            String kind = capability.numeric() ? CapabilityColumns.MIN : CapabilityColumns.IS;
            for (String must : List.of("", CapabilityColumns.MUST)) {
                schema = schema.add(
                        must + kind + capability.name(),
                        capability.numeric() ? DataTypes.DoubleType : DataTypes.StringType,
                        true);
            }
        }
        return schema;
    }

    private static Dataset<Row> table(SparkSession session, int rows, StructType schema, RowMaker maker) {
        return session.range(rows).map((MapFunction<Long, Row>) i -> maker.apply(i.intValue()), Encoders.row(schema));
    }

    /** A row by its number. */
    @FunctionalInterface
    private interface RowMaker extends IntFunction<Row>, Serializable {}

    private Row agent(int number) {
        String id = id("agent", number, agents);
        long key = Draws.agentKey(id);
        Object[] cells = new Object[2 + capabilities.size()];
        cells[0] = id;
        cells[1] = leastCapacity + (int) (Draws.uniform(seed, key, 0, 0) * (mostCapacity - leastCapacity + 1));
        for (int c = 0; c < capabilities.size(); c++) {
            cells[2 + c] = capabilities.get(c).draw(Draws.uniform(seed, key, 0, 1 + c));
        }
        return RowFactory.create(cells);
    }

    private Row task(int number) {
        String id = id("task", number, tasks);
        long key = Draws.agentKey(id);
        Object[] cells = new Object[1 + 2 * capabilities.size()];
        cells[0] = id;
        for (int c = 0; c < capabilities.size(); c++) {
            Capability capability = capabilities.get(c);
            if (Draws.uniform(seed, key, 0, 3 * c) < capability.asked()) {
                boolean required = Draws.uniform(seed, key, 0, 3 * c + 1) < capability.required();
                cells[1 + 2 * c + (required ? 1 : 0)] = capability.draw(Draws.uniform(seed, key, 0, 3 * c + 2));
            }
        }
        return RowFactory.create(cells);
    }

    /** Ids of one width, so that they sort as they count. */
    private static String id(String kind, int number, int of) {
        return String.format(Locale.ROOT, "%s-%0" + Integer.toString(of - 1).length() + "d", kind, number);
    }
}
