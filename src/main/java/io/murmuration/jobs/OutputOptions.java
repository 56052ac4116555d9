package io.murmuration.jobs;

import io.murmuration.batch.OutputFolder;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import picocli.CommandLine.Option;

/** Where a job writes. */
final class OutputOptions {
    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "folder for everything that is written; must not exist")
    private String output;

    @Option(names = "--overwrite", description = "replace what an earlier run left in the output folder")
    private boolean overwrite;

    /** Opens the folder, before Spark is started: whoever named the wrong one learns it at once. */
    OutputFolder open() {
        return OutputFolder.open(output, overwrite, SparkHadoopUtil.get().newConfiguration(new SparkConf()));
    }
}
