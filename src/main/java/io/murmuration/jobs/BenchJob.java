package io.murmuration.jobs;

import io.murmuration.batch.CallerException;
import io.murmuration.batch.Precision;
import io.murmuration.inference.KernelCost;
import io.murmuration.model.GenerativeModel;
import io.murmuration.model.ModelFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how fast this machine is. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Measures how fast this machine is.")
public final class BenchJob implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        JobRunner.main(new BenchJob(), args);
    }

    @Override
    public Integer call() {
        throw new CallerException(
                "bench measures nothing by itself, expected: bench kernel --model FILE ... or bench matching --generate FILE ...");
    }

    @Command(
            name = "kernel",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            sortOptions = false,
            description =
                    "Measures the kernel alone: agents in the world of their own model, the world's time not counted.")
    int kernel(
            @Option(names = "--model", required = true, paramLabel = "FILE", description = "the model") Path model,
            @Option(names = "--agents", required = true, paramLabel = "N", description = "how many agents") int agents,
            @Option(names = "--steps", required = true, paramLabel = "N", description = "how many steps each")
                    int steps,
            @Option(
                            names = "--precision",
                            paramLabel = "double|single",
                            defaultValue = "double",
                            description = "what the engine computes in (default: ${DEFAULT-VALUE})")
                    Precision precision,
            @Option(
                            names = "--threads",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "threads, each with agents of its own (default: ${DEFAULT-VALUE})")
                    int threads) {
        if (precision == Precision.SINGLE) {
            throw new CallerException("--precision is single, but the engine computes in double only");
        }
        if (agents < 1 || steps < 1 || threads < 1) {
            throw new CallerException("--agents is " + agents + ", --steps is " + steps + " and --threads is " + threads
                    + ", expected at least 1 of each");
        }
        if (threads > agents) {
            throw new CallerException("--threads is " + threads + ", but there are only " + agents + " agents");
        }
        GenerativeModel read = ModelFile.read(model);
        double rate = new KernelBench(read, agents, steps, threads).agentStepsPerSecond();
        double share = rate * KernelCost.of(read).total().multiplyAdds() / MultiplyAddPeak.perSecond(threads);
        PrintWriter out = spec.commandLine().getOut();
        out.println("model,agents,steps,precision,threads,agent_steps_per_second,multiply_add_share");
        out.printf(
                Locale.ROOT, "%s,%d,%d,double,%d,%.0f,%.4f%n", cell(read.name()), agents, steps, threads, rate, share);
        return JobRunner.DONE;
    }

    @Command(
            name = "matching",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            sortOptions = false,
            description =
                    "Measures how far matchings are from the best one: greedy ones, and those by which larger problems are solved.")
    int matching(
            @Option(
                            names = "--generate",
                            required = true,
                            paramLabel = "FILE",
                            description = "what agents and tasks are like, as of orchestrate match")
                    Path population,
            @Option(names = "--agents", required = true, paramLabel = "N", description = "how many agents") int agents,
            @Option(names = "--tasks", required = true, paramLabel = "N", description = "how many tasks") int tasks) {
        if (agents < 1 || tasks < 1 || (long) agents * tasks > MatchingBench.MOST_PAIRS) {
            throw new CallerException("--agents is " + agents + " and --tasks is " + tasks
                    + ", expected at least 1 of each and at most " + MatchingBench.MOST_PAIRS + " pairs");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(MatchingBench.HEADER);
        out.println(MatchingBench.row(MatchJob.read(population).ofSize(agents, tasks)));
        return JobRunner.DONE;
    }

    private static String cell(String text) {
        return text.matches("[^,\"\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
