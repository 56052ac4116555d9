package io.murmuration.orchestration.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.murmuration.orchestration.matching.Effort;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The check of a matching's tables")
class MatchingCheckTest {
    private static SparkSession spark;
    private static MatchingRun run;
    private static final Map<String, Dataset<Row>> TABLES = new HashMap<>();

    @BeforeAll
    static void match() {
        spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.shuffle.partitions", "3")
                .getOrCreate();
        run = run(MatchingSettings.STANDARD);
        TABLES.put("assignment", run.assignment().cache());
        TABLES.put("unmatched", run.unmatched().cache());
        TABLES.put("prices", run.prices().cache());
        TABLES.put("profits", run.profits().cache());
    }

    @AfterAll
    static void end() {
        TABLES.values().forEach(Dataset::unpersist);
        run.close();
    }

    /** Two places with 8 cores for three tasks that must have 4; one more, and a task that would like 4. */
    private static MatchingRun run(MatchingSettings settings) {
        Dataset<Row> agents = spark.sql(
                """
                select * from values ('ann', 1, 8, 'eu'), ('bob', 1, 8, 'us'), ('cyd', 1, 2, 'us')
                as t(agent_id, capacity, cores, region)""");
        Dataset<Row> tasks = spark.sql(
                """
                select * from values ('a', 4, null, 'eu'), ('b', 4, null, 'eu'), ('c', 4, null, 'us'), ('d', null, 4, 'us')
                as t(task_id, must_min_cores, min_cores, is_region)""");
        return MatchingRun.of(spark, agents, tasks, settings);
    }

    private static Optional<String> fault(String table, UnaryOperator<Dataset<Row>> change) {
        return MatchingCheck.of(run, name -> name.equals(table) ? change.apply(TABLES.get(name)) : TABLES.get(name))
                .fault();
    }

    @Test
    @DisplayName("finds nothing wrong with what was written")
    void untouched() {
        MatchingCheck check = MatchingCheck.of(run, TABLES::get);
        assertEquals(Optional.empty(), check.fault());
        assertEquals(check.bound(), check.score());
        // Three agents, and three groups of tasks: a and b are alike.
        assertEquals(9, check.tried());
    }

    @ParameterizedTest
    @ValueSource(strings = {"task_id = 'a'", "task_id = 'c'"})
    @DisplayName("misses a task that is not told of")
    void missing(String which) {
        assertEquals(
                Optional.of("task " + which.charAt(11) + " is not told of once, matched or not"),
                fault("assignment", table -> table.where("not " + which)));
    }

    @Test
    @DisplayName("sees a task that is there twice, and one that nobody knows")
    void twice() {
        assertEquals(
                Optional.of("task b is not told of once, matched or not"),
                fault("assignment", table -> table.union(spark.sql("select 'b', 'cyd', 0.5D"))));
        assertEquals(
                Optional.of("task z is not told of once, matched or not"),
                fault("assignment", table -> table.union(spark.sql("select 'z', 'cyd', 0.5D"))));
    }

    @Test
    @DisplayName("sees an agent that has too much, or what it must not have, or is nobody")
    void agents() {
        assertEquals(
                Optional.of("agent ann has more tasks than it takes"),
                fault("assignment", table -> table.withColumn("agent_id", lit("ann"))));
        assertEquals(
                Optional.of("agent zoe has more tasks than it takes"),
                fault("assignment", table -> replaced(table, "agent_id", "ann", "zoe")));
        assertEquals(
                Optional.of("task a has an agent that must not have it, or another score than is told"),
                fault(
                        "assignment",
                        table -> table.withColumn(
                                "agent_id",
                                when(col("agent_id").equalTo("ann"), "cyd")
                                        .when(col("agent_id").equalTo("cyd"), "ann")
                                        .otherwise(col("agent_id")))));
    }

    private static Dataset<Row> replaced(Dataset<Row> table, String column, String from, String to) {
        return table.withColumn(column, when(col(column).equalTo(from), to).otherwise(col(column)));
    }

    @Test
    @DisplayName("sees a score or a price that is wrong")
    void numbers() {
        assertEquals(
                Optional.of("task a has an agent that must not have it, or another score than is told"),
                fault("assignment", table -> table.withColumn("score", lit(0.25))));
        assertEquals(
                Optional.of("tasks like a gain more by agents like ann than price and profit"),
                fault("prices", table -> table.where("agent_group <> 'ann'")));
    }

    @Test
    @DisplayName("does not believe in a shortage of agents among whom some are left out")
    void shortage() {
        assertEquals(
                Optional.of("tasks like a may have agents like bob, who are not among those who are too few"),
                fault("prices", table -> table.where("agent_group <> 'bob' or not short")
                        .union(table.where("agent_group = 'bob'").withColumn("short", lit(false)))));
        assertEquals(
                Optional.of("1 tasks are unmatched, but 0 of which too many are short of agents who take 2"),
                fault("profits", table -> table.withColumn("short", lit(false))));
    }

    @Test
    @DisplayName("holds of matchings near the optimum, which find the same here")
    void near() {
        try (MatchingRun near = run(new MatchingSettings(0, new Effort(1, 1, 1000)))) {
            Map<String, Dataset<Row>> tables = Map.of(
                    "assignment", near.assignment(),
                    "unmatched", near.unmatched(),
                    "prices", near.prices(),
                    "profits", near.profits());
            assertEquals(Optional.empty(), MatchingCheck.of(near, tables::get).fault());
            assertFalse(near.figures().exact());
            Dataset<Row> free = tables.get("profits").withColumn("profit", lit(0.0));
            assertEquals(
                    Optional.of("tasks like d gain more by agents like cyd than price and profit"),
                    MatchingCheck.of(near, name -> name.equals("profits") ? free : tables.get(name))
                            .fault());
            for (String table : List.of("assignment", "unmatched")) {
                assertEquals(
                        TABLES.get(table).collectAsList().toString(),
                        tables.get(table).collectAsList().toString());
            }
            assertEquals(run.figures().score(), near.figures().score());
        }
    }
}
