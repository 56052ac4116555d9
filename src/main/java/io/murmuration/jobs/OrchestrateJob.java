package io.murmuration.jobs;

import io.murmuration.batch.CallerException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Has tasks done by agents: what it does, its subcommands say. */
@Command(
        name = "orchestrate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Has tasks done by agents.",
        subcommands = {OrchestrateRunJob.class, MatchJob.class})
public final class OrchestrateJob implements Callable<Integer> {
    public static void main(String[] args) {
        JobRunner.main(new OrchestrateJob(), args);
    }

    @Override
    public Integer call() {
        throw new CallerException(
                "orchestrate does nothing by itself, expected: orchestrate run or orchestrate match, with --agents, --tasks and"
                        + " --output");
    }
}
