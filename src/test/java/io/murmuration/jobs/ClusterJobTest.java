package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What is wrong with the options of a cluster is said in one sentence, before anything is started")
class ClusterJobTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--workers 0 | The number of workers is 0, expected at least 1",
                "--worker-memory 100 | A worker has 100 MiB of memory, expected at least 471",
                "--outstanding 0 | --outstanding is 0, expected from 1 to the 100000 of --queue",
                "--queue 10 | --outstanding is 1000, expected from 1 to the 10 of --queue",
                "--rate 0 | --rate is 0.0, expected more than 0",
                "--micro-batch 0 | A micro-batch has 0 tasks at most, expected at least 1",
                "--model conf | --model is the folder conf, expected the file of one model"
            })
    void optionsThatCannotBe(String options, String sentence) {
        JobHarness.Ended ended = JobHarness.run(
                new ClusterJob(),
                options.contains("--model") ? new Object[0] : new Object[] {"--model", "conf/cluster/pump.yaml"},
                "--input",
                "conf/cluster/pumps.csv",
                "--output",
                folder.resolve("out"),
                options.split(" "));
        assertEquals(sentence, ended.err().strip());
        assertEquals(JobRunner.CALLERS_MISTAKE, ended.status());
        assertFalse(Files.exists(folder.resolve("out")));
    }
}
