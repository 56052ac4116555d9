package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
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

    @TempDir
    Path folder;

    @Test
    void nileWithAProperPrior() throws IOException {
        String model = LOCAL_LEVEL.formatted("1381.153", "15135.796", "1111.453", "1381.153");
        assertEquals(637.756919, nile(model, 0), 1e-6);
    }

    @Test
    void nileGivenItsFirstValue() throws IOException {
        String model = LOCAL_LEVEL.formatted("1469.1", "15099", "1120", "16568.1");
        assertEquals(632.545625, nile(model, 1), 1e-6);
    }

    private double nile(String model, int skipped) throws IOException {
        Path data = PUBLISHED.resolve("nile/nile.csv");
        assumeTrue(Files.exists(data), "the recording " + data + " is not there");
        Path input = data;
        if (skipped > 0) {
            List<String> lines = Files.readAllLines(data);
            input = folder.resolve("nile.csv");
            Files.write(
                    input,
                    Stream.concat(lines.stream().limit(1), lines.stream().skip(1 + skipped))
                            .toList());
        }
        return freeEnergy(model, input, "--agent", "@file", "--time", "year", "--observation", "volume");
    }

    @Test
    void speedAndAccuracy() throws IOException {
        Path data = PUBLISHED.resolve("speed_hmm/speed.csv");
        assumeTrue(Files.exists(data), "the recording " + data + " is not there");
        String model = "{\"kind\":\"discrete\",\"A\":[[[0.472,0.098],[0.528,0.902]]],"
                + "\"B\":[[[[0.899],[0.084]],[[0.101],[0.916]]]],\"D\":[[0,1]]}";
        double sum = freeEnergy(model, data, "--agent", "seq", "--time", "t", "--observation", "obs");
        assertEquals(241.386610406, sum, 1e-8);
    }

    private double freeEnergy(String model, Path input, Object... options) throws IOException {
        Path file = Files.writeString(folder.resolve("model.json"), model);
        Path output = folder.resolve("output");
        Object[] words = Stream.concat(
                        Stream.of("--model", file, "--input", input, "--output", output), Stream.of(options))
                .toArray();
        JobHarness.Ended ended = JobHarness.run(new InferJob(), words);
        assertEquals(0, ended.status(), ended.err());
        JsonNode summary =
                JobHarness.JSON.readTree(output.resolve("summary.json").toFile());
        return summary.at("/models/model/free_energy_sum").asDouble();
    }
}
