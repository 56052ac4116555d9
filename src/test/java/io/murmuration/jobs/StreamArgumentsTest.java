package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A mistake in the options of a stream is told in one sentence")
class StreamArgumentsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            --trigger available-now | Observations come from one of --input, --kafka, --socket and --rate, but none is given
            --rate 5 --input x --trigger available-now | Observations come from one of --input, --kafka, --socket and --rate, but --input and --rate are given
            --rate 0 --trigger available-now | --rate is 0, expected at least 1
            --rate 5 --agents 0 --trigger available-now | --agents is 0, expected at least 1
            --rate 5 --topic t --trigger available-now | --topic goes with --kafka, not with --rate
            --rate 5 --time-type integer --trigger available-now | --time-type goes with --kafka, --socket and --input-format json: elsewhere the observations tell what their times are
            --rate 5 --agent @file --trigger available-now | @file stands for the name of a file, but with --rate there are none
            --kafka localhost:9 --trigger available-now | --kafka needs the topic, as --topic NAME
            --socket localhost --trigger available-now | --socket is localhost, expected HOST:PORT
            --socket localhost:99999 --trigger available-now | --socket is localhost:99999, expected HOST:PORT
            --input x --max-files-per-trigger 0 --trigger available-now | --max-files-per-trigger is 0, expected at least 1
            --rate 5 --trigger soon | --trigger is soon, expected available-now or a duration such as "2 seconds"
            --rate 5 --trigger available-now --watermark -1s | --watermark is -1s, expected a duration such as "2 seconds"
            --rate 5 --trigger available-now --partitions 0 | --partitions is 0, expected at least 1
            """)
    void whatIsWrongWhereAndWhatWasExpected(String options, String sentence) throws IOException {
        Path model = Files.writeString(folder.resolve("model.json"), ArrivingFiles.MODEL);
        JobHarness.Ended ended =
                JobHarness.run(new StreamJob(), JobHarness.streamWords(model, folder, options.split(" ")));
        assertEquals(2, ended.status(), ended.err());
        assertEquals(List.of(sentence), ended.err().lines().toList());
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(1, left.count(), "nothing was made");
        }
    }
}
