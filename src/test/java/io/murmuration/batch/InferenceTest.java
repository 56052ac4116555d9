package io.murmuration.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.environment.Environments;
import io.murmuration.model.GenerativeModel;
import io.murmuration.model.ModelFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Inference is an operator on Datasets")
class InferenceTest {
    private static SparkSession session;

    @TempDir
    Path folder;

    @BeforeAll
    static void openSession() {
        session = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.shuffle.partitions", "3")
                .getOrCreate();
    }

    private static GenerativeModel model(String world) {
        return ModelFile.parse(Environments.model(world).toString(), world, false);
    }

    private Dataset<Row> simulate(String world, int agents, int steps) {
        try (OutputFolder output = OutputFolder.open(folder.resolve(world).toString(), false, new Configuration())) {
            new BatchSimulation(model(world), model(world), agents, steps, 0, TableFormat.PARQUET).run(session, output);
            return session.read().parquet(output.show("observations"));
        }
    }

    @Test
    void itGivesTheRowsOfTheBatchJob() {
        Dataset<Row> observations = simulate("t-maze", 40, 6);
        Dataset<Row> results = Inference.of(model("t-maze")).apply(observations);
        try (OutputFolder output = OutputFolder.open(folder.resolve("job").toString(), false, new Configuration())) {
            BatchOutcome outcome = new BatchInference(
                            session,
                            Fleet.of(model("t-maze")),
                            new BatchOptions(
                                    folder.resolve("t-maze/observations").toString(),
                                    Optional.empty(),
                                    InferenceOptions.DEFAULTS,
                                    TableFormat.PARQUET,
                                    0,
                                    Optional.empty()))
                    .run(output);
            assertEquals(240, outcome.counts().written());
            Dataset<Row> written = session.read().parquet(output.show("results"));
            assertEquals(written.schema().fieldNames().length, results.schema().fieldNames().length);
            assertEquals(
                    written.orderBy("agent_id", "t").collectAsList().toString(),
                    results.orderBy("agent_id", "t").collectAsList().toString());
        }
    }

    @Test
    void itGoesOnInTheQueryThatItIsPartOf() {
        Dataset<Row> results = Inference.of(model("plant")).apply(simulate("plant", 10, 4));
        results.createOrReplaceTempView("results");
        List<Row> best = session.sql("select agent_id, sum(free_energy) as surprise from results group by agent_id"
                        + " order by surprise desc limit 3")
                .collectAsList();
        assertEquals(3, best.size());
        assertTrue(best.get(0).getDouble(1) >= best.get(1).getDouble(1));
    }

    @Test
    void nothingRunsBeforeItIsAskedForAndABadRowSaysWhy() {
        Dataset<Row> observations = session.sql(
                "select 'a' as agent_id, cast(id as int) as t, array(int(7 + id)) as observation from range(3)");
        Dataset<Row> results = Inference.of(model("grid")).apply(observations);
        Exception failure = assertThrows(Exception.class, results::collectAsList);
        Throwable cause = failure;
        while (!(cause instanceof CallerException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        assertEquals(
                "The outcome of modality 0 is 9, but there are 9 outcomes (0 to 8) (outcome-out-of-range)",
                cause.getMessage());
    }
}
