package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.murmuration.jobs.JobHarness.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("jobs/orchestrate match")
class MatchJobTest {
    private static final String AGENTS =
            """
            agent_id,capacity,cores,region,shoe_size
            ann,2,8,eu,36
            bob,1,2,us,44
            cyd,1,8,eu,40
            dan,0,64,eu,41
            """;

    private static final String POPULATION =
            """
            agents: 3000
            tasks: 2000
            seed: 7
            capacity: {from: 1, to: 3}
            capabilities:
              cores: {from: 1, to: 64, step: 0.1, asked: 0.8, required: 0.2}
              uptime: {from: 1, to: 365, step: 1, asked: 0.5, required: 0}
              region: {values: [eu, us, asia], asked: 0.8, required: 0.1}
            """;

    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Ended match(String output, Object... options) {
        return JobHarness.run(
                new OrchestrateJob(),
                Stream.concat(Stream.of("match", "--output", folder.resolve(output)), Stream.of(options))
                        .toArray());
    }

    private Ended match(String agents, String tasks) throws IOException {
        return match("out", "--agents", file("agents.csv", agents), "--tasks", file("tasks.csv", tasks), "--check");
    }

    private JsonNode summary(String output) throws IOException {
        return JobHarness.JSON.readTree(folder.resolve(output + "/summary.json").toFile());
    }

    /** The text of all files of a table, in the order of their names. */
    private String text(String output, String table) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder.resolve(output).resolve(table))) {
            for (Path file : files.sorted().toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    @Test
    @DisplayName("gives tasks to agents one by one, and says of those that are left why")
    void tables() throws IOException {
        Ended ended = match(
                AGENTS,
                """
                task_id,must_min_cores,is_region,note
                a,4,eu,
                b,4,eu,
                c,4,us,
                d,4,us,
                e,100,,
                f,,us,
                """);
        assertEquals(0, ended.status(), ended.err());
        // Three places have 4 cores for four tasks; of a and b none is given up for c or d, which score less.
        assertEquals("task_id,agent_id,score\na,ann,1.0\nb,ann,1.0\nc,cyd,0.5\nf,bob,1.0\n", text("out", "assignment"));
        assertEquals(
                "task_id,why,reason\n"
                        + "d,shortage,it is one of 4 tasks which only agents may have that take 3 tasks together\n"
                        + "e,no-agent,no agent with a capacity meets what it must have\n",
                text("out", "unmatched"));
        JsonNode summary = summary("out");
        assertEquals(2, summary.get("agent_groups").asInt());
        assertEquals(4, summary.get("places").asInt());
        assertEquals(4, summary.get("matched").asInt());
        assertEquals(1, summary.get("unmatched_no_agent").asInt());
        assertEquals(1, summary.get("unmatched_shortage").asInt());
        assertEquals(3.5, summary.get("score").asDouble());
        assertEquals(3.5, summary.get("bound").asDouble());
        assertTrue(summary.get("exact").asBoolean());
        assertTrue(summary.get("check").get("holds").asBoolean());
        assertEquals("[\"note\"]", summary.get("columns_not_read").toString());
    }

    @Test
    @DisplayName("reads and writes JSON lines and Parquet as it does CSV")
    void formats() throws IOException {
        Path agents = file("agents.json", "{\"agent_id\":\"1\",\"capacity\":1,\"a b.c\":2.5}\n");
        Path tasks = file("tasks.json", "{\"task_id\":\"x\",\"min_a b.c\":5}\n{\"task_id\":\"y\",\"min_a b.c\":2}\n");
        Ended ended = match("json", "--agents", agents, "--tasks", tasks, "--format", "json", "--check");
        assertEquals(0, ended.status(), ended.err());
        assertEquals("{\"task_id\":\"y\",\"agent_id\":\"1\",\"score\":1.0}\n", text("json", "assignment"));
        SparkSession spark = JobHarness.spark();
        for (String table : List.of("agents", "tasks")) {
            spark.read()
                    .json(folder.resolve(table + ".json").toString())
                    .write()
                    .parquet(folder.resolve(table + ".parquet").toString());
        }
        ended = match(
                "parquet",
                "--agents",
                folder.resolve("agents.parquet"),
                "--tasks",
                folder.resolve("tasks.parquet"),
                "--format",
                "parquet");
        assertEquals(0, ended.status(), ended.err());
        assertEquals(
                "[[y,1,1.0]]",
                spark.read()
                        .parquet(folder.resolve("parquet/assignment").toString())
                        .collectAsList()
                        .toString());
    }

    @Test
    @DisplayName(
            "makes up agents and tasks, matches thousands of them near the optimum, and the same however they are divided")
    void population() throws IOException {
        Ended ended = match("made", "--generate", file("population.yaml", POPULATION), "--check");
        assertEquals(0, ended.status(), ended.err());
        JsonNode summary = summary("made");
        assertFalse(summary.get("exact").asBoolean());
        assertEquals(2000, summary.get("tasks").asInt());
        assertTrue(summary.get("share_of_bound").asDouble() > 0.9999, summary::toString);
        assertTrue(summary.get("check").get("holds").asBoolean());
        assertEquals(
                summary.get("score").asDouble(),
                summary.get("check").get("score").asDouble());
        assertEquals(
                summary.get("bound").asDouble(),
                summary.get("check").get("bound").asDouble());
        // The same rows in another order, in many files, in other numbers of partitions.
        SparkSession spark = JobHarness.spark();
        List<String> agents = shuffled("agents");
        List<String> tasks = shuffled("tasks");
        Files.createDirectories(folder.resolve("agents"));
        for (int part = 0; part < 7; part++) {
            int from = 1 + part * (agents.size() - 1) / 7;
            int to = 1 + (part + 1) * (agents.size() - 1) / 7;
            file("agents/" + part + ".csv", agents.get(0) + "\n" + String.join("\n", agents.subList(from, to)) + "\n");
        }
        String before = spark.conf().get("spark.sql.shuffle.partitions");
        spark.conf().set("spark.sql.shuffle.partitions", "11");
        try {
            ended = match(
                    "again",
                    "--agents",
                    folder.resolve("agents"),
                    "--tasks",
                    file("tasks.csv", String.join("\n", tasks) + "\n"));
        } finally {
            spark.conf().set("spark.sql.shuffle.partitions", before);
        }
        assertEquals(0, ended.status(), ended.err());
        for (String table : List.of("assignment", "unmatched", "prices", "profits")) {
            assertEquals(text("made", table), text("again", table), table);
        }
        JsonNode again = summary("again");
        for (String figure : List.of("score", "bound", "matched", "bids", "shortlists", "agent_groups")) {
            assertEquals(summary.get(figure), again.get(figure), figure);
        }
    }

    /** The lines of a table, its header first. */
    private List<String> shuffled(String table) throws IOException {
        String text = text("made", table);
        String header = text.lines().findFirst().orElseThrow();
        List<String> lines = new ArrayList<>(
                text.lines().filter(line -> !line.equals(header)).toList());
        Collections.shuffle(lines, new Random(3));
        lines.add(0, header);
        return lines;
    }

    @Test
    @DisplayName("matches nothing where nobody is there, and nothing is to be done")
    void nothing() throws IOException {
        Ended ended = match("agent_id,capacity,cores\n", "task_id,min_cores\na,3\n");
        assertEquals(0, ended.status(), ended.err());
        assertEquals(1, summary("out").get("unmatched_no_agent").asInt());
        ended = match(
                "none",
                "--agents",
                file("agents.csv", AGENTS),
                "--tasks",
                file("none.csv", "task_id,min_cores\n"),
                "--check");
        assertEquals(0, ended.status(), ended.err());
        assertEquals(0, summary("none").get("tasks").asInt());
    }

    @Test
    @DisplayName("has a bench that says how far greedy matchings are from optimal ones")
    void bench() throws IOException {
        Ended ended = JobHarness.run(
                new BenchJob(),
                "matching",
                "--generate",
                file("population.yaml", POPULATION),
                "--agents",
                100,
                "--tasks",
                200);
        assertEquals(0, ended.status(), ended.err());
        String[] names = ended.out().lines().toList().get(0).split(",");
        String[] cells = ended.out().lines().toList().get(1).split(",");
        assertEquals(names.length, cells.length);
        Map<String, Double> row = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            row.put(names[i], Double.valueOf(cells[i]));
        }
        assertEquals(row.get("optimal_matched"), row.get("market_matched"));
        assertTrue(row.get("greedy_matched") <= row.get("optimal_matched"), row::toString);
        assertTrue(row.get("greedy_score") < row.get("optimal_score"), row::toString);
        assertTrue(row.get("market_percent") > 99.99 && row.get("market_percent") <= 100, row::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        agent_id,cores;a,1               | task_id;x               | The table of agents has no column capacity, expected one
        agent,capacity;a,1               | task_id;x               | The table of agents has no column agent_id, expected one
        agent_id,capacity;a,1            | id;x                    | The table of tasks has no column task_id, expected one
        agent_id,capacity;a,1            | task_id,min_cores;x,1   | Tasks ask for cores, but agents have no column cores
        agent_id,capacity;a,some         | task_id;x               | The table of agents has 1 row that cannot be used: agent 'a' has capacity some, expected a whole number from 0 to 2147483647
        agent_id,capacity;a,1.5;b,-1     | task_id;x               | The table of agents has 2 rows that cannot be used, the first: agent 'a' has capacity 1.5, expected a whole number from 0 to 2147483647
        agent_id,capacity;a,99999999999  | task_id;x               | The table of agents has 1 row that cannot be used: agent 'a' has capacity 99999999999, expected a whole number from 0 to 2147483647
        agent_id,capacity,cores;a,1,many | task_id,min_cores;x,1   | The table of agents has 1 row that cannot be used: agent 'a' has cores many, expected a finite number
        agent_id,capacity,cores;a,1,NaN  | task_id,min_cores;x,1   | The table of agents has 1 row that cannot be used: agent 'a' has cores NaN, expected a finite number
        agent_id,capacity;a,1;a,2        | task_id;x               | The table of agents has 1 id more than once: 'a'
        agent_id,capacity;,1             | task_id;x               | The table of agents has 1 row that cannot be used: agent without an id has no agent_id, expected one
        agent_id,capacity,c;a,1,2        | task_id,min_c;x,Infinity | The table of tasks has 1 row that cannot be used: task 'x' has min_c Infinity, expected a finite number
        agent_id,capacity,c;a,1,2        | task_id,min_c,is_c;x,1,2 | Tasks have columns that ask for c as a number and as a category, expected min_c or is_c
        agent_id,capacity,c;a,1,2        | task_id,min_c,must_min_c;x,1,2 | The table of tasks has 1 row that cannot be used: task 'x' has both min_c and must_min_c, expected one of them
        agent_id,capacity,c;a,1,2        | task_id;x;x;y;y         | The table of tasks has 2 ids more than once, the first: 'x'
        """)
    @DisplayName("says in one sentence what is wrong with a table, and writes nothing")
    void brokenTables(String agents, String tasks, String message) throws IOException {
        Ended ended = match(agents.replace(';', '\n') + "\n", tasks.replace(';', '\n') + "\n");
        assertEquals(message, ended.err().strip());
        assertEquals(2, ended.status());
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    @DisplayName("says in one sentence what is wrong with its options, or with a population")
    void brokenOptions() throws IOException {
        assertMistake("--agents or --tasks is not given, expected both, or --generate", match("out"));
        Path tasks = file("tasks.csv", "task_id\nx\n");
        assertMistake("There is no input at no.csv (--agents)", match("out", "--agents", "no.csv", "--tasks", tasks));
        Path made = file("population.yaml", POPULATION.replace("tasks: 2000", "tasks: many"));
        assertMistake(
                "The population " + made
                        + " (--generate) is none: tasks is \"many\", expected a number from 1 to 2147483647",
                match("out", "--generate", made));
        Path typo = file("typo.yaml", POPULATION.replace("asked: 0.5", "aksed: 0.5"));
        assertMistake(
                "The population " + typo
                        + " (--generate) is none: There is no setting capabilities.uptime.aksed, expected one of"
                        + " asked, from, required, step, to, values",
                match("out", "--generate", typo));
        assertMistake(
                "--generate and a table or its format are both given, expected one of them",
                match("out", "--generate", made, "--tasks", tasks));
        assertMistake(
                "orchestrate does nothing by itself, expected: orchestrate run or orchestrate match, with --agents, --tasks and --output",
                JobHarness.run(new OrchestrateJob()));
        Path broken = file("broken.csv", "task_id,min_cores\nx,1,2,3\n");
        assertMistake(
                "The table of tasks has 1 row that cannot be used: task 'x' is the line 'x,1,2,3', which is no row of"
                        + " the table",
                match("out", "--agents", file("agents.csv", AGENTS), "--tasks", broken));
    }

    private void assertMistake(String message, Ended ended) {
        assertEquals(message, ended.err().strip());
        assertEquals(2, ended.status());
        assertFalse(Files.exists(folder.resolve("out")));
    }
}
