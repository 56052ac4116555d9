package io.murmuration.jobs;

import io.murmuration.batch.CallerException;
import io.murmuration.batch.Fleet;
import io.murmuration.batch.InferenceOptions;
import io.murmuration.batch.ObservationColumns;
import io.murmuration.batch.Precision;
import io.murmuration.batch.Smoothing;
import io.murmuration.batch.TableFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of inference, wherever observations come from. */
final class InferenceArguments {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "FILE|DIR",
            description = "the model, or a folder of models that a column names (--model-column)")
    private Path model;

    @Option(
            names = "--agent",
            paramLabel = "COLUMN|@file",
            defaultValue = "agent_id",
            description = "column of the agent's id, or the file's name (default: ${DEFAULT-VALUE})")
    private String agent;

    @Option(
            names = "--time",
            paramLabel = "COLUMN|@row",
            defaultValue = "t",
            description =
                    "column of the time, an integer or a timestamp, or the row's place (default: ${DEFAULT-VALUE})")
    private String time;

    @Option(
            names = "--model-column",
            paramLabel = "COLUMN|@file",
            defaultValue = "model",
            description = "column that names the model of a fleet, or the file's name (default: ${DEFAULT-VALUE})")
    private String modelColumn;

    @Option(
            names = "--observation",
            split = ",",
            paramLabel = "COLUMN",
            description = "columns of the observation (default: observation, or o0,o1,…, or the modalities' names)")
    private List<String> observation = List.of();

    @Option(
            names = "--step",
            paramLabel = "N|DURATION",
            description = "step of time, such as 1 or \"5 minutes\": missing observations are inserted into gaps")
    private Optional<String> step = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "parquet|json|csv",
            defaultValue = "parquet",
            description = "format of the tables written (default: ${DEFAULT-VALUE})")
    private TableFormat format;

    @Option(names = "--select", split = ",", paramLabel = "COLUMN", description = "columns of the results")
    private List<String> select = List.of();

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "N",
            description = "seed of stochastic choices (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--precision",
            defaultValue = "double",
            paramLabel = "double|single",
            description = "in which real numbers are stored (default: ${DEFAULT-VALUE})")
    private Precision precision;

    @Option(names = "--partitions", paramLabel = "N", description = "into how many parts agents are divided")
    private Optional<Integer> partitions = Optional.empty();

    @Option(
            names = "--block-size",
            defaultValue = "256",
            paramLabel = "N",
            description = "agents that share a block (default: ${DEFAULT-VALUE})")
    private int blockSize;

    /** Reads the models. */
    Fleet fleet() {
        return FleetFiles.read(model);
    }

    TableFormat format() {
        return format;
    }

    /**
     * How inference is done.
     *
     * @param clustered whether each agent's rows are together and in order
     * @throws CallerException if a number is out of its range
     */
    InferenceOptions options(boolean clustered, Smoothing smoothing) {
        if (blockSize < 1) {
            throw new CallerException("--block-size is " + blockSize + ", expected at least 1");
        }
        if (partitions.isPresent() && partitions.get() < 1) {
            throw new CallerException("--partitions is " + partitions.get() + ", expected at least 1");
        }
        return new InferenceOptions(
                new ObservationColumns(agent, time, modelColumn, observation),
                select,
                seed,
                precision,
                partitions,
                blockSize,
                clustered,
                step,
                smoothing);
    }
}
