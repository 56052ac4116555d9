package io.murmuration.jobs;

import io.murmuration.inference.InferenceKernel;
import io.murmuration.model.DiscreteModel;
import io.murmuration.model.GenerativeModel;
import io.murmuration.model.LinearGaussianModel;
import io.murmuration.model.ModelFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what a model file was understood to be. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Says what a model file was understood to be.")
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
        GenerativeModel read = ModelFile.read(model);
        PrintWriter out = spec.commandLine().getOut();
        if (read instanceof DiscreteModel discrete) {
            describe(discrete, out);
        } else {
            describe((LinearGaussianModel) read, out);
        }
        int width = InferenceKernel.compile(read).layout().width();
        out.printf("memory       %,d bytes of results an agent and step%n", 8L * width);
        return JobRunner.DONE;
    }

    private static void describe(DiscreteModel model, PrintWriter out) {
        out.printf("model        %s, discrete%n", model.name());
        for (int f = 0; f < model.factors(); f++) {
            out.printf(
                    "factor %-5d %s%d states, %d actions, depends on factors %s%n",
                    f,
                    factorName(model, f),
                    model.states(f),
                    model.actions(f),
                    model.bDependencies().get(f));
        }
        for (int m = 0; m < model.modalities(); m++) {
            out.printf(
                    "modality %-3d %s%d outcomes, depends on factors %s%n",
                    m,
                    modalityName(model, m),
                    model.outcomes(m),
                    model.aDependencies().get(m));
        }
        out.printf(
                "policies     %,d of %d steps%n",
                model.policies().count(), model.policies().length());
    }

    private static String factorName(DiscreteModel model, int factor) {
        List<DiscreteModel.Factor> labels = model.labels().factors();
        return labels.isEmpty() ? "" : labels.get(factor).name() + ": ";
    }

    private static String modalityName(DiscreteModel model, int modality) {
        List<DiscreteModel.Modality> labels = model.labels().modalities();
        return labels.isEmpty() ? "" : labels.get(modality).name() + ": ";
    }

    private static void describe(LinearGaussianModel model, PrintWriter out) {
        out.printf("model        %s, linear-Gaussian%n", model.name());
        out.printf(
                "sizes        %d states, %d observed values, %d controls%n",
                model.stateWidth(), model.observationWidth(), model.actionWidth());
    }
}
