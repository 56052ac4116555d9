package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Sums of free energy are published log evidences, reversed in sign")
class PublishedDataTest {
    private static final Path PUBLISHED = Path.of("..", "shared", "data", "published");
    private static final String LOCAL_LEVEL = "{\"kind\":\"linear-gaussian\",\"F\":[[1]],\"H\":[[1]],\"Q\":[[%s]],"
            + "\"R\":[[%s]],\"initial_mean\":[%s],\"initial_covariance\":[[%s]]}";

    private static final Path NILE = PUBLISHED.resolve("nile/nile.csv");
    private static final Path SPEED = PUBLISHED.resolve("speed_hmm/speed.csv");
    private static final List<String> NILE_COLUMNS =
            List.of("--agent", "@file", "--time", "year", "--observation", "volume");

    @TempDir
    Path folder;

    @Test
    void nileWithAProperPrior() throws IOException {
        infer(LOCAL_LEVEL.formatted("1381.153", "15135.796", "1111.453", "1381.153"), NILE, NILE_COLUMNS);
        assertEquals(637.756919, sumOfSummary(), 1e-6);
        assertEquals(637.756919, sumOfResults(1871), 1e-6);
    }

    @Test
    void nileGivenItsFirstValue() throws IOException {
        // A prior so wide that nothing but the first value is left of it: 1e12 against a noise of 15099.
        infer(LOCAL_LEVEL.formatted("1469.1", "15099", "1120", "1e12"), NILE, NILE_COLUMNS);
        assertEquals(632.545625, sumOfResults(1872), 1e-6);
    }

    @Test
    void speedAndAccuracy() throws IOException {
        String model = "{\"kind\":\"discrete\",\"A\":[[[0.472,0.098],[0.528,0.902]]],"
                + "\"B\":[[[[0.899],[0.084]],[[0.101],[0.916]]]],\"D\":[[0,1]]}";
        infer(model, SPEED, List.of("--agent", "seq", "--time", "t", "--observation", "obs"));
        assertEquals(241.386610406, sumOfSummary(), 1e-8);
    }

    private void infer(String model, Path data, List<String> columns) throws IOException {
        assumeTrue(Files.exists(data), "the recording " + data + " is not there");
        Path file = Files.writeString(folder.resolve("model.json"), model);
        Object[] words = Stream.concat(
                        Stream.of("--model", file, "--input", data, "--output", folder.resolve("output")),
                        Stream.concat(columns.stream(), Stream.of("--format", "json")))
                .toArray();
        JobHarness.Ended ended = JobHarness.run(new InferJob(), words);
        assertEquals(0, ended.status(), ended.err());
    }

    private double sumOfSummary() throws IOException {
        return JobHarness.JSON
                .readTree(folder.resolve("output/summary.json").toFile())
                .at("/models/model/free_energy_sum")
                .asDouble();
    }

    private double sumOfResults(int firstTime) throws IOException {
        return JobHarness.rows(folder.resolve("output/results")).stream()
                .filter(row -> row.get("t").asInt() >= firstTime)
                .mapToDouble(row -> row.get("free_energy").asDouble())
                .sum();
    }
}
