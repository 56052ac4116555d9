package io.murmuration.jobs;

import io.murmuration.inference.KernelCost;
import io.murmuration.inference.Operations;
import io.murmuration.model.ModelDescription;
import io.murmuration.model.ModelFile;
import io.murmuration.model.ModelWarning;
import io.murmuration.model.ModelWarnings;
import io.murmuration.model.ParsedModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what a model file was understood to be, what it costs to run, and what its author may not have meant. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Says what a model file was understood to be, what it costs to run, and what looks like a slip.")
public final class CheckJob implements Callable<Integer> {
    @Option(names = "--model", required = true, paramLabel = "FILE", description = "the model")
    private Path model;

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        JobRunner.main(new CheckJob(), args);
    }

    @Override
    public Integer call() {
        ParsedModel parsed = ModelFile.readWithKeys(model);
        for (ModelDescription.Line line : ModelDescription.of(parsed.model())) {
            print(line.label(), line.text());
        }
        printCost(KernelCost.of(parsed.model()));
        for (ModelWarning warning : ModelWarnings.of(parsed)) {
            print("warning", warning.sentence());
        }
        return JobRunner.DONE;
    }

    private void printCost(KernelCost cost) {
        print("memory", bytes(cost.resultBytes()) + " of results an agent and step");
        print("", bytes(cost.stateBytes()) + " of state an agent");
        print("", bytes(cost.tableBytes()) + " of tables" + (cost.tablesOfEachAgent() ? " an agent" : ""));
        String label = "operations";
        print(label, "an agent and step, in multiply-adds, logarithms and exponentials:");
        for (KernelCost.Stage stage : cost.stages()) {
            printOperations(stage.name(), stage.operations());
        }
        printOperations("in all", cost.total());
    }

    private void printOperations(String name, Operations operations) {
        print(
                "",
                String.format(
                        Locale.ROOT,
                        "%-12s%,14d%,12d%,12d",
                        name,
                        operations.multiplyAdds(),
                        operations.logarithms(),
                        operations.exponentials()));
    }

    private static String bytes(long count) {
        return String.format(Locale.ROOT, "%,12d bytes", count);
    }

    private void print(String label, String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "%-12s %s%n", label, text);
    }
}
