package io.murmuration.orchestration.spark;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.sum;

import io.murmuration.orchestration.assignment.Assignment.Match;
import io.murmuration.orchestration.assignment.AssignmentProblem;
import io.murmuration.orchestration.assignment.Certificate;
import io.murmuration.orchestration.assignment.OptimalAssignment;
import io.murmuration.orchestration.assignment.OptimalAssignment.Optimum;
import io.murmuration.orchestration.assignment.Shortage;
import io.murmuration.orchestration.matching.CompiledProblem;
import io.murmuration.orchestration.matching.Demands;
import io.murmuration.orchestration.matching.Matching;
import io.murmuration.orchestration.matching.Matching.Found;
import io.murmuration.orchestration.matching.ProfileIndex;
import io.murmuration.orchestration.matching.Profiles;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * One matching of a table of tasks to a table of agents. As many tasks are matched as can be, and their scores are as high as can
 * be, or proven to be near. Agents are told apart by {@code agent_id}, tasks by {@code task_id}; within a group, places and tasks
 * go in the order of ids, so that the tables depend on the input alone.
 */
public final class MatchingRun implements AutoCloseable {
    static final String AGENT_GROUP = "agent_group";
    static final String TASK_GROUP = "task_group";
    static final String SHORT = "short";
    private static final String PLACE = "place";
    /** Of what goes from the driver to tasks, a task of Spark each. */
    private static final int ROWS_A_SLICE = 5000;
    /** Agents that each group of tasks is compared with to say how many pairs are forbidden. */
    private static final int COMPARED = 32;

    private static final double ONE = AssignmentProblem.ONE;

    private final SparkSession session;
    private final JavaSparkContext spark;
    private final CapabilityColumns capabilities;
    private final GroupedTable agents;
    private final GroupedTable tasks;
    /** First ids of groups, by their numbers. */
    private final List<String> agentGroups = new ArrayList<>();

    private final List<String> taskGroups = new ArrayList<>();
    private final ProfileIndex index;
    private final Found found;
    private final boolean exact;

    private MatchingRun(
            SparkSession session,
            CapabilityColumns capabilities,
            GroupedTable agents,
            GroupedTable tasks,
            MatchingSettings settings) {
        this.session = session;
        spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        this.capabilities = capabilities;
        this.agents = agents;
        this.tasks = tasks;
        Profiles profiles = profiles();
        index = new ProfileIndex(profiles, demands(profiles));
        CompiledProblem problem = index.problem();
        exact = (long) problem.agents() * problem.tasks() <= settings.exactPairs();
        found = exact ? optimum(problem) : near(settings);
    }

    /**
     * Matches.
     *
     * @param session in which columns are named to the letter
     * @param agents a row an agent: {@code agent_id}, {@code capacity}, and a column a capability
     * @param tasks a row a task: {@code task_id}, and a column a requirement
     * @throws InvalidTableException if a table lacks columns, or has rows that cannot be used
     */
    public static MatchingRun of(
            SparkSession session, Dataset<Row> agents, Dataset<Row> tasks, MatchingSettings settings) {
        CapabilityColumns capabilities = CapabilityColumns.of(tasks.columns());
        GroupedTable groupedTasks = GroupedTable.ofTasks(tasks, capabilities);
        try {
            GroupedTable groupedAgents = GroupedTable.ofAgents(agents, capabilities);
            return new MatchingRun(session, capabilities, groupedAgents, groupedTasks, settings);
        } catch (InvalidTableException e) {
            groupedTasks.close();
            throw e;
        }
    }

    private Profiles profiles() {
        Profiles.Builder profiles = new Profiles.Builder(capabilities.numeric(), capabilities.categorical());
        for (Iterator<Row> rows = agents.groups().toLocalIterator(); rows.hasNext(); ) {
            Row row = rows.next();
            String group = row.getAs(GroupedTable.GROUP);
            long places = row.getAs(GroupedTable.SIZE);
            if (places > Integer.MAX_VALUE) {
                throw new InvalidTableException("Agents like '" + group + "' take " + places
                        + " tasks together, expected at most " + Integer.MAX_VALUE);
            }
            profiles.add(capabilities.capabilities(row), (int) places);
            agentGroups.add(group);
        }
        return profiles.build();
    }

    private Demands demands(Profiles profiles) {
        Demands.Builder demands = new Demands.Builder(profiles);
        for (Iterator<Row> rows = tasks.groups().toLocalIterator(); rows.hasNext(); ) {
            Row row = rows.next();
            demands.add(capabilities.requirements(row), Math.toIntExact(row.<Long>getAs(GroupedTable.SIZE)));
            taskGroups.add(row.getAs(GroupedTable.GROUP));
        }
        return demands.build();
    }

    /** Columns of a table of tasks that ask for nothing. */
    public static List<String> columnsNotRead(Dataset<Row> tasks) {
        return CapabilityColumns.others(tasks.columns());
    }

    private static Found optimum(CompiledProblem problem) {
        Optimum optimum = OptimalAssignment.of(problem);
        return new Found(
                optimum.assignment(),
                optimum.certificate(),
                Shortage.of(problem, optimum.assignment()),
                optimum.bids(),
                0,
                0);
    }

    private Found near(MatchingSettings settings) {
        try (SparkShortlists shortlists = new SparkShortlists(spark, index)) {
            return Matching.of(index, shortlists, settings.effort());
        }
    }

    /** What was found, in numbers. */
    public MatchingFigures figures() {
        CompiledProblem problem = index.problem();
        BitSet alone = alone();
        long demand =
                IntStream.range(0, problem.tasks()).mapToLong(problem::demand).sum();
        long withoutAgent = alone.stream().mapToLong(problem::demand).sum();
        return new MatchingFigures(
                problem.agents(),
                problem.tasks(),
                IntStream.range(0, problem.agents())
                        .mapToLong(problem::capacity)
                        .sum(),
                demand,
                found.assignment().matched(),
                withoutAgent,
                demand - found.assignment().matched() - withoutAgent,
                found.assignment().score(problem) / ONE,
                found.bound(problem) / ONE,
                found.certificate().bonus() / ONE,
                exact,
                forbiddenShare(),
                found.bids(),
                found.rounds(),
                found.listed());
    }

    /** The share of pairs of groups that are forbidden, by some of them that are spread evenly. */
    private double forbiddenShare() {
        CompiledProblem problem = index.problem();
        int agentCount = problem.agents();
        int compared = Math.min(COMPARED, agentCount);
        long pairs = (long) compared * problem.tasks();
        long forbidden = 0;
        for (long pair = 0; pair < pairs; pair++) {
            // A step without a common divisor, nearly always, so that each task meets other agents.
            int agent = (int) (pair * 7_368_787 % agentCount);
            forbidden += problem.score(agent, (int) (pair / compared)) == AssignmentProblem.FORBIDDEN ? 1 : 0;
        }
        return pairs == 0 ? 0 : (double) forbidden / pairs;
    }

    /** Groups of tasks that no agent may have. */
    private BitSet alone() {
        BitSet alone = new BitSet();
        if (found.shortage().isPresent()) {
            ProfileIndex.Search search = index.search();
            ProfileIndex.Prices free = index.prices();
            found.shortage().get().tasks().stream()
                    .filter(task -> search.find(task, 1, free).agents().length == 0)
                    .forEach(alone::set);
        }
        return alone;
    }

    /** A row a matched task: {@code task_id}, {@code agent_id}, {@code score} from 0 to 1; in the order of tasks. */
    public Dataset<Row> assignment() {
        Dataset<Row> matches = matches();
        Dataset<Row> counts = matches.groupBy(AGENT_GROUP).count();
        Column before = sum(GroupedTable.CAPACITY)
                .over(Window.partitionBy(GroupedTable.GROUP)
                        .orderBy(GroupedTable.AGENT)
                        .rowsBetween(Window.unboundedPreceding(), -1));
        Dataset<Row> places = agents.rows()
                .join(broadcast(counts), col(GroupedTable.GROUP).equalTo(col(AGENT_GROUP)))
                .withColumn(
                        "before",
                        org.apache.spark.sql.functions.coalesce(before, org.apache.spark.sql.functions.lit(0L)))
                .where(col("before").lt(col("count")))
                .select(
                        col(AGENT_GROUP),
                        col(GroupedTable.AGENT),
                        explode(sequence(
                                        col("before"),
                                        least(col("before").plus(col(GroupedTable.CAPACITY)), col("count"))
                                                .minus(1)))
                                .as(PLACE));
        return inOrder(
                matches.join(places, new String[] {AGENT_GROUP, PLACE})
                        .join(
                                tasks.rows(),
                                col(TASK_GROUP)
                                        .equalTo(col(GroupedTable.GROUP))
                                        .and(col("member").equalTo(col(GroupedTable.RANK))))
                        .select(GroupedTable.TASK, GroupedTable.AGENT, "score"),
                GroupedTable.TASK);
    }

    /** A row a task that has a place, by the groups of both. */
    private Dataset<Row> matches() {
        CompiledProblem problem = index.problem();
        long[] place = new long[problem.agents()];
        int[] member = new int[problem.tasks()];
        List<Row> rows = new ArrayList<>();
        for (Match match : found.assignment().matches()) {
            double score = problem.score(match.agent(), match.task()) / ONE;
            for (int i = 0; i < match.count(); i++) {
                rows.add(RowFactory.create(
                        taskGroups.get(match.task()),
                        member[match.task()]++,
                        agentGroups.get(match.agent()),
                        place[match.agent()]++,
                        score));
            }
        }
        return table(
                rows,
                new StructType()
                        .add(TASK_GROUP, DataTypes.StringType, false)
                        .add("member", DataTypes.IntegerType, false)
                        .add(AGENT_GROUP, DataTypes.StringType, false)
                        .add(PLACE, DataTypes.LongType, false)
                        .add("score", DataTypes.DoubleType, false));
    }

    /** A row a task that stays without an agent: {@code task_id}, {@code why} and a sentence, {@code reason}. */
    public Dataset<Row> unmatched() {
        CompiledProblem problem = index.problem();
        BitSet alone = alone();
        long[] matched = new long[problem.tasks()];
        found.assignment().matches().forEach(match -> matched[match.task()] += match.count());
        List<Row> rows = new ArrayList<>();
        for (int task = 0; task < matched.length; task++) {
            if (matched[task] < problem.demand(task)) {
                boolean nobody = alone.get(task);
                rows.add(RowFactory.create(
                        taskGroups.get(task),
                        (int) matched[task],
                        nobody ? "no-agent" : "shortage",
                        nobody ? "no agent with a capacity meets what it must have" : shortage(alone)));
            }
        }
        StructType schema = new StructType()
                .add(TASK_GROUP, DataTypes.StringType, false)
                .add("matched", DataTypes.IntegerType, false)
                .add("why", DataTypes.StringType, false)
                .add("reason", DataTypes.StringType, false);
        return inOrder(
                tasks.rows()
                        .join(
                                broadcast(table(rows, schema)),
                                col(TASK_GROUP)
                                        .equalTo(col(GroupedTable.GROUP))
                                        .and(col(GroupedTable.RANK).geq(col("matched"))))
                        .select(GroupedTable.TASK, "why", "reason"),
                GroupedTable.TASK);
    }

    private String shortage(BitSet alone) {
        Shortage shortage = found.shortage().orElseThrow();
        CompiledProblem problem = index.problem();
        long tasks =
                shortage.demanded() - alone.stream().mapToLong(problem::demand).sum();
        return "it is one of " + tasks + " tasks which only agents may have that take " + shortage.capacity()
                + " tasks together";
    }

    /**
     * A row a group of agents that has a price, or is short: {@code agent_group}, its first id; {@code places}; {@code price} of a
     * place; {@code short}, whether it is among those who are too few.
     */
    public Dataset<Row> prices() {
        Certificate certificate = found.certificate();
        BitSet few = found.shortage().map(Shortage::agents).orElseGet(BitSet::new);
        return certificate(
                agentGroups,
                AGENT_GROUP,
                "places",
                "price",
                group -> (long) index.problem().capacity(group),
                certificate.prices(),
                few);
    }

    /** A row a group of tasks: {@code task_group}, its first id; {@code tasks}; {@code profit} of a task; {@code short}. */
    public Dataset<Row> profits() {
        Certificate certificate = found.certificate();
        BitSet many = found.shortage().map(Shortage::tasks).orElseGet(BitSet::new);
        return certificate(
                taskGroups,
                TASK_GROUP,
                "tasks",
                "profit",
                group -> (long) index.problem().demand(group),
                certificate.profits(),
                many);
    }

    private Dataset<Row> certificate(
            List<String> names,
            String group,
            String size,
            String value,
            IntFunction<Long> sizes,
            long[] values,
            BitSet scarce) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (values[i] > 0 || scarce.get(i)) {
                rows.add(RowFactory.create(names.get(i), sizes.apply(i), values[i] / ONE, scarce.get(i)));
            }
        }
        StructType schema = new StructType()
                .add(group, DataTypes.StringType, false)
                .add(size, DataTypes.LongType, false)
                .add(value, DataTypes.DoubleType, false)
                .add(SHORT, DataTypes.BooleanType, false);
        return inOrder(table(rows, schema), group);
    }

    CapabilityColumns capabilities() {
        return capabilities;
    }

    GroupedTable agents() {
        return agents;
    }

    GroupedTable tasks() {
        return tasks;
    }

    ProfileIndex index() {
        return index;
    }

    /** First ids of groups of agents, by number. */
    List<String> agentGroups() {
        return agentGroups;
    }

    /** First ids of groups of tasks, by number. */
    List<String> taskGroups() {
        return taskGroups;
    }

    JavaSparkContext spark() {
        return spark;
    }

    private Dataset<Row> table(List<Row> rows, StructType schema) {
        int slices = Math.max(spark.defaultParallelism(), rows.size() / ROWS_A_SLICE);
        return session.createDataFrame(spark.parallelize(rows, slices), schema);
    }

    /** One file, whose bytes are the same however the work was divided. */
    private static Dataset<Row> inOrder(Dataset<Row> rows, String by) {
        return rows.repartition(1).sortWithinPartitions(by);
    }

    @Override
    public void close() {
        agents.close();
        tasks.close();
    }
}
