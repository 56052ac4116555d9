package io.murmuration.orchestration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuarantee;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What several threads do at once, by a model checker, which goes through orders of their steps, and under stress. In processes of
 * their own: the checker rewrites all classes that there are, which those of other tests do not take well.
 */
@Timeout(300)
class OrchestratorThreadsTest {
    @Test
    void eachCallIsOneStepInWhateverOrderThreadsGo() throws Exception {
        inAProcess("steps-by-model");
    }

    @Test
    void eachCallIsOneStepUnderStress() throws Exception {
        inAProcess("steps-under-stress");
    }

    @Test
    void historiesAreLegalInWhateverOrderThreadsGo() throws Exception {
        inAProcess("histories-by-model");
    }

    @Test
    void historiesAreLegalUnderStress() throws Exception {
        inAProcess("histories-under-stress");
    }

    private static void inAProcess(String check) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        // What Spark needs to be open, the checker does.
        command.add("@conf/java-options");
        command.add("-Xmx1g");
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(OrchestratorThreadsTest.class.getName());
        command.add(check);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), output);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Runs a check; what it finds is thrown. */
    public static void main(String[] args) {
        switch (args[0]) {
            case "steps-by-model" -> model().actorsBefore(4).actorsAfter(2).check(OrchestratorSteps.class);
            case "steps-under-stress" -> stress().actorsBefore(4).actorsAfter(2).check(OrchestratorSteps.class);
            // What calls return is not compared: they are several steps.
            case "histories-by-model" ->
                model().actorsBefore(2)
                        .actorsAfter(1)
                        .verifier(EpsilonVerifier.class)
                        .check(OrchestratorHistories.class);
            case "histories-under-stress" ->
                stress().actorsBefore(2)
                        .actorsAfter(1)
                        .verifier(EpsilonVerifier.class)
                        .check(OrchestratorHistories.class);
            default -> throw new IllegalArgumentException("there is no check " + args[0]);
        }
    }

    private static ModelCheckingOptions model() {
        return new ModelCheckingOptions()
                .logLevel(LoggingLevel.ERROR)
                .iterations(3)
                .invocationsPerIteration(40)
                .threads(2)
                .actorsPerThread(3)
                .addGuarantee(libraries());
    }

    private static StressOptions stress() {
        return new StressOptions()
                .logLevel(LoggingLevel.ERROR)
                .iterations(10)
                .invocationsPerIteration(100)
                .threads(3)
                .actorsPerThread(3);
    }

    /**
     * A call of a library is one step: threads may be switched before and after it. Else a scenario takes half a second rather than
     * some milliseconds, most of it in dates and texts. Locks are looked into all the same.
     */
    private static ManagedStrategyGuarantee libraries() {
        return ManagedStrategyGuaranteeKt.forClasses((String name) -> name.startsWith("com.fasterxml.")
                        || (name.startsWith("java.") && !name.startsWith("java.util.concurrent.")))
                .allMethods()
                .treatAsAtomic();
    }
}
