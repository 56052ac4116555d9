package io.murmuration.jobs;

import io.murmuration.batch.CallerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a job writes. */
final class OutputOptions {
    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "folder for everything that is written; must not exist")
    private Path output;

    @Option(names = "--overwrite", description = "replace what an earlier run left in the output folder")
    private boolean overwrite;

    /** The folder, made if it is not there. */
    Path prepare() {
        if (Files.exists(output) && !overwrite) {
            throw new CallerException("The output folder " + output
                    + " exists (--output), expected a new one: name another, or give --overwrite");
        }
        try {
            return Files.createDirectories(output);
        } catch (IOException e) {
            throw new CallerException("The output folder " + output + " cannot be made: " + e.getMessage());
        }
    }
}
