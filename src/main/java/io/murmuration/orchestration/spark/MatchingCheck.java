package io.murmuration.orchestration.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import io.murmuration.orchestration.assignment.AssignmentProblem;
import io.murmuration.orchestration.assignment.Requirements;
import io.murmuration.orchestration.matching.Candidates;
import io.murmuration.orchestration.matching.CompiledProblem;
import io.murmuration.orchestration.matching.ProfileIndex;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Holds the tables that a matching wrote against those that it read: each task is there once; no agent has more than its
 * capacity, nor a task that it must not have; scores are those of the pairs; no pair gains more than its price and profit; what
 * is short of agents, is so. Pairs of a matched task and its agent are scored by {@link Requirements} themselves, all pairs of some
 * tasks one by one, and those of all tasks by way of the index.
 *
 * @param fault the first thing that is wrong, in one sentence
 * @param score the sum of the scores that were written
 * @param bound what the prices and profits that were written prove to be the most
 * @param tried pairs that were looked at one by one
 */
public record MatchingCheck(Optional<String> fault, double score, double bound, long tried) {
    private static final double ONE = AssignmentProblem.ONE;
    /** Tasks whose pairs are looked at one by one. */
    private static final int TRIED = 200;
    /** The price of agents whom a task must not need: no score makes up for it. */
    private static final long OUT_OF_REACH = 1L << 46;

    /**
     * Checks tables.
     *
     * @param written the tables by name
     */
    public static MatchingCheck of(MatchingRun run, Function<String, Dataset<Row>> written) {
        return new Checker(run, written).run();
    }

    /** Whether nothing is wrong. */
    public boolean holds() {
        return fault.isEmpty();
    }

    /** The verdict in one sentence. */
    public String sentence() {
        return fault.map(sentence -> "refuted: " + sentence)
                .orElseGet(() -> String.format(
                        "all holds: the tables by themselves, %,d pairs one by one, the others by the index", tried));
    }

    /** For a summary. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("holds", holds());
        fault.ifPresent(sentence -> map.put("fault", sentence));
        map.put("score", score);
        map.put("bound", bound);
        map.put("pairs_tried", tried);
        return map;
    }

    /** The tables, and what they say of prices and profits. */
    private static final class Checker {
        private final MatchingRun run;
        private final CompiledProblem problem;
        private final Dataset<Row> assignment;
        private final Dataset<Row> unmatched;
        private final long[] prices;
        private final long[] profits;
        private final boolean[] few;
        private final boolean[] many;
        private final long bonus;
        private long tried;

        Checker(MatchingRun run, Function<String, Dataset<Row>> written) {
            this.run = run;
            problem = run.index().problem();
            assignment = written.apply("assignment");
            unmatched = written.apply("unmatched");
            prices = new long[problem.agents()];
            few = new boolean[prices.length];
            profits = new long[problem.tasks()];
            many = new boolean[profits.length];
            bonus = Math.round(run.figures().bonus() * ONE);
            read(written.apply("prices"), MatchingRun.AGENT_GROUP, "price", run.agentGroups(), prices, few);
            read(written.apply("profits"), MatchingRun.TASK_GROUP, "profit", run.taskGroups(), profits, many);
        }

        private static void read(
                Dataset<Row> table, String group, String value, List<String> groups, long[] values, boolean[] scarce) {
            if (!Arrays.asList(table.columns()).contains(group)) {
                return;
            }
            Map<String, Integer> numbers = new HashMap<>();
            for (int i = 0; i < groups.size(); i++) {
                numbers.put(groups.get(i), i);
            }
            table.select(
                            col(group),
                            col(value).cast("double"),
                            col(MatchingRun.SHORT).cast("boolean"))
                    .toLocalIterator()
                    .forEachRemaining(row -> {
                        int number = numbers.get(row.getString(0));
                        values[number] = Math.round(row.getDouble(1) * ONE);
                        scarce[number] = row.getBoolean(2);
                    });
        }

        MatchingCheck run() {
            Optional<String> fault = Stream.<Supplier<Optional<String>>>of(
                            this::tasksOnce,
                            this::capacities,
                            this::pairs,
                            this::certificate,
                            this::some,
                            this::shortage)
                    .map(Supplier::get)
                    .flatMap(Optional::stream)
                    .findFirst();
            return new MatchingCheck(fault, score(), bound(), tried);
        }

        private Dataset<Row> matched() {
            return assignment.select(
                    col(GroupedTable.TASK),
                    col(GroupedTable.AGENT),
                    col("score").cast("double"));
        }

        /** Where all tasks are matched, the other table may have no columns. */
        private Dataset<Row> told() {
            Dataset<Row> all = Stream.of(assignment, unmatched)
                    .filter(table -> Arrays.asList(table.columns()).contains(GroupedTable.TASK))
                    .map(table -> table.select(GroupedTable.TASK))
                    .reduce(Dataset::union)
                    .orElseThrow();
            return all.groupBy(GroupedTable.TASK).agg(count(lit(1)).as("told"));
        }

        private Optional<String> tasksOnce() {
            Dataset<Row> tasks = run.tasks().rows().select(col(GroupedTable.TASK), lit(1).as("known"));
            Row first = told().join(tasks, new String[] {GroupedTable.TASK}, "full")
                    .where(coalesce(col("told"), lit(0)).notEqual(coalesce(col("known"), lit(0))))
                    .agg(min(GroupedTable.TASK))
                    .first();
            return first.isNullAt(0)
                    ? Optional.empty()
                    : Optional.of("task " + first.getString(0) + " is not told of once, matched or not");
        }

        private Optional<String> capacities() {
            if (!hasMatches()) {
                return Optional.empty();
            }
            Dataset<Row> agents = run.agents().rows().select(GroupedTable.AGENT, GroupedTable.CAPACITY);
            Row first = matched()
                    .groupBy(GroupedTable.AGENT)
                    .count()
                    .join(agents, new String[] {GroupedTable.AGENT}, "left")
                    .where(coalesce(col(GroupedTable.CAPACITY), lit(0)).lt(col("count")))
                    .agg(min(GroupedTable.AGENT))
                    .first();
            return first.isNullAt(0)
                    ? Optional.empty()
                    : Optional.of("agent " + first.getString(0) + " has more tasks than it takes");
        }

        private boolean hasMatches() {
            return Arrays.asList(assignment.columns()).contains(GroupedTable.AGENT);
        }

        private Optional<String> pairs() {
            if (!hasMatches()) {
                return Optional.empty();
            }
            CapabilityColumns capabilities = run.capabilities();
            FilterFunction<Row> wrong = row -> {
                Requirements requirements = capabilities.requirements(row);
                boolean allowed = requirements.allow(capabilities.capabilities(row));
                double score = requirements.score(capabilities.capabilities(row));
                return !allowed || Math.round(score * ONE) != Math.round(row.<Double>getAs("score") * ONE);
            };
            Row first = matched()
                    .join(
                            run.tasks().rows().drop(GroupedTable.GROUP, GroupedTable.SIZE, GroupedTable.RANK),
                            GroupedTable.TASK)
                    .join(run.agents().rows().drop(GroupedTable.GROUP, GroupedTable.SIZE), GroupedTable.AGENT)
                    .filter(wrong)
                    .agg(min(GroupedTable.TASK))
                    .first();
            return first.isNullAt(0)
                    ? Optional.empty()
                    : Optional.of("task " + first.getString(0)
                            + " has an agent that must not have it, or another score than is told");
        }

        /** The most that each task gains, by way of the index. */
        private Optional<String> certificate() {
            ProfileIndex.Prices at = run.index().prices();
            priced(at, prices);
            List<Candidates> best = best(at, IntStream.range(0, profits.length).toArray());
            for (int task = 0; task < profits.length; task++) {
                Candidates found = best.get(task);
                if (found.agents().length > 0) {
                    long gain = bonus + found.scores()[0] - prices[found.agents()[0]];
                    if (gain > profits[task]) {
                        return Optional.of(underpaid(found.agents()[0], task));
                    }
                }
            }
            return Optional.empty();
        }

        private String underpaid(int agent, int task) {
            return "tasks like " + run.taskGroups().get(task) + " gain more by agents like "
                    + run.agentGroups().get(agent) + " than price and profit";
        }

        private static void priced(ProfileIndex.Prices at, long[] prices) {
            for (int agent = 0; agent < prices.length; agent++) {
                if (prices[agent] > 0) {
                    at.set(agent, prices[agent]);
                }
            }
        }

        private List<Candidates> best(ProfileIndex.Prices at, int[] tasks) {
            int[] one = new int[tasks.length];
            Arrays.fill(one, 1);
            try (SparkShortlists shortlists = new SparkShortlists(run.spark(), run.index())) {
                return shortlists.find(tasks, one, at);
            }
        }

        /** All pairs of some tasks, spread evenly. */
        private Optional<String> some() {
            int count = Math.min(TRIED, profits.length);
            List<Integer> tasks = IntStream.range(0, count)
                    .map(i -> (int) ((long) i * profits.length / count))
                    .boxed()
                    .toList();
            if (tasks.isEmpty()) {
                return Optional.empty();
            }
            Broadcast<Pairs> pairs = run.spark().broadcast(new Pairs(problem, prices, profits, bonus));
            try {
                List<Integer> results = run.spark()
                        .parallelize(tasks, Math.min(count, 2 * run.spark().defaultParallelism()))
                        .map(task -> pairs.value().underpaid(task))
                        .collect();
                tried = (long) count * problem.agents();
                return IntStream.range(0, count)
                        .filter(i -> results.get(i) >= 0)
                        .mapToObj(i -> underpaid(results.get(i), tasks.get(i)))
                        .findFirst();
            } finally {
                pairs.destroy();
            }
        }

        private Optional<String> shortage() {
            int[] tasks =
                    IntStream.range(0, many.length).filter(task -> many[task]).toArray();
            ProfileIndex.Prices at = run.index().prices();
            long capacity = 0;
            for (int agent = 0; agent < few.length; agent++) {
                if (few[agent]) {
                    at.set(agent, OUT_OF_REACH);
                    capacity += problem.capacity(agent);
                }
            }
            List<Candidates> best = best(at, tasks);
            for (int i = 0; i < tasks.length; i++) {
                Candidates found = best.get(i);
                if (found.agents().length > 0 && !few[found.agents()[0]]) {
                    return Optional.of("tasks like " + run.taskGroups().get(tasks[i]) + " may have agents like "
                            + run.agentGroups().get(found.agents()[0]) + ", who are not among those who are too few");
                }
            }
            long demanded = Arrays.stream(tasks).mapToLong(problem::demand).sum();
            long left = run.figures().withoutAgent() + run.figures().shortOfAgents();
            return demanded - (tasks.length == 0 ? 0 : capacity) == left
                    ? Optional.empty()
                    : Optional.of(left + " tasks are unmatched, but " + demanded
                            + " of which too many are short of agents who take " + capacity);
        }

        private double score() {
            if (!hasMatches()) {
                return 0;
            }
            Row sum = matched()
                    .agg(sum(col("score").multiply(ONE).cast("decimal(38,0)")))
                    .first();
            return sum.isNullAt(0) ? 0 : sum.getDecimal(0).doubleValue() / ONE;
        }

        private double bound() {
            long bound = -bonus * run.figures().matched();
            for (int agent = 0; agent < prices.length; agent++) {
                bound += prices[agent] * problem.capacity(agent);
            }
            for (int task = 0; task < profits.length; task++) {
                bound += profits[task] * problem.demand(task);
            }
            return bound / ONE;
        }
    }

    /** Pairs one by one. */
    private record Pairs(CompiledProblem problem, long[] prices, long[] profits, long bonus) implements Serializable {
        /** The first agent by which a task gains more than price and profit, or −1. */
        int underpaid(int task) {
            for (int agent = 0; agent < prices.length; agent++) {
                int score = problem.score(agent, task);
                if (score != AssignmentProblem.FORBIDDEN && bonus + score > prices[agent] + profits[task]) {
                    return agent;
                }
            }
            return -1;
        }
    }
}
