package io.murmuration.jobs;

import io.murmuration.batch.BatchSimulation;
import io.murmuration.batch.CallerException;
import io.murmuration.batch.OutputFolder;
import io.murmuration.batch.TableFormat;
import io.murmuration.environment.Environments;
import io.murmuration.model.ModelFile;
import io.murmuration.model.ParsedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets agents act in a world and writes what they saw and did, in the form that {@code infer} reads. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Lets agents act in a world and writes what they saw and did, in the form that infer reads.",
        footer = "Every job also takes --master URL, --driver-memory SIZE and --conf KEY=VALUE (repeatable).")
public final class SimulateJob implements Callable<Integer> {
    /** More would be years of work, and near what a long holds. */
    private static final long MOST_ROWS = 1_000_000_000_000_000L;

    @Option(
            names = "--environment",
            required = true,
            paramLabel = "t-maze|grid|bandit|plant|FILE",
            description = "the world: one that comes with the program, or a model file that is taken as the true world")
    private String environment;

    @Option(names = "--model", paramLabel = "FILE", description = "the agents' model (default: the world's own)")
    private Optional<Path> model = Optional.empty();

    @Option(names = "--agents", required = true, paramLabel = "N", description = "how many agents")
    private long agents;

    @Option(names = "--steps", required = true, paramLabel = "N", description = "how many steps each")
    private int steps;

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "N",
            description = "seed of all chance (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--format",
            paramLabel = "parquet|json|csv",
            defaultValue = "parquet",
            description = "format of the tables written (default: ${DEFAULT-VALUE})")
    private TableFormat format;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        JobRunner.main(new SimulateJob(), args);
    }

    @Override
    public Integer call() {
        if (agents < 1 || steps < 1) {
            throw new CallerException(
                    "--agents is " + agents + " and --steps is " + steps + ", expected at least 1 of each");
        }
        if (agents > MOST_ROWS / steps) {
            throw new CallerException("--agents is " + agents + " and --steps is " + steps
                    + ", which makes more rows than can be written, expected at most " + MOST_ROWS);
        }
        ParsedModel world = world();
        ParsedModel believed = model.map(ModelFile::readWithKeys).orElse(world);
        try (OutputFolder folder = output.open()) {
            long start = System.nanoTime();
            SparkSession session = Sessions.open("murmuration simulate");
            new BatchSimulation(world.model(), believed.model(), agents, steps, seed, format).run(session, folder);
            folder.write("model.json", Json.pretty(believed.tree()));
            double seconds = (System.nanoTime() - start) / 1e9;
            folder.write("summary.json", Json.pretty(summary(seconds)));
            spec.commandLine()
                    .getOut()
                    .printf(
                            "simulated %,d steps of %,d agents in %.1f s: %s, with the model in %s%n",
                            agents * steps, agents, seconds, folder.show("observations"), folder.show("model.json"));
            return JobRunner.DONE;
        }
    }

    private ParsedModel world() {
        if (Environments.NAMES.contains(environment)) {
            return ModelFile.parseWithKeys(Environments.model(environment).toString(), environment, false);
        }
        Path file = Path.of(environment);
        if (!Files.isRegularFile(file)) {
            throw new CallerException("--environment is " + environment + ", expected one of "
                    + String.join(", ", Environments.NAMES) + ", or a model file");
        }
        return ModelFile.readWithKeys(file);
    }

    private Map<String, Object> summary(double seconds) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("job", "simulate");
        summary.put("version", Version.text());
        summary.put("seed", seed);
        summary.put("environment", environment);
        summary.put("steps", steps);
        summary.put("agents", agents);
        summary.put("rows_written", agents * steps);
        summary.put("run", Map.of("command", spec.commandLine().getParseResult().originalArgs(), "seconds", seconds));
        return summary;
    }
}
