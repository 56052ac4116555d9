package io.murmuration.jobs;

import io.murmuration.batch.OutputFolder;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Option;

/** The options of where a stream lives. */
final class PlaceArguments {
    @Option(
            names = "--checkpoint",
            required = true,
            paramLabel = "DIR",
            description = "folder of the stream's books and state; it goes with --output")
    private String checkpoint;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "folder for everything that is written; the stream goes on where it and --checkpoint stand")
    private String output;

    OutputFolder checkpoint(Configuration hadoop) {
        return OutputFolder.open(checkpoint, true, hadoop);
    }

    OutputFolder output(Configuration hadoop) {
        return OutputFolder.open(output, true, hadoop);
    }
}
