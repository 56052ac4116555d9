package io.murmuration.inference;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.murmuration.model.ModelFile;
import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A kernel knows about how much memory a lane takes")
class LaneBytesTest {
    private static final int LANES = 64;
    private static final String FACTORS =
            """
            kind: discrete
            A: [%s]
            B: [%s, %s]
            D: [%s, %s]
            """;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static void assertAbout(String yaml) {
        InferenceKernel kernel = InferenceKernel.compile(ModelFile.parse(yaml, "model", true));
        used(kernel, LANES);
        double actual = (double) used(kernel, LANES) / LANES;
        double said = kernel.laneBytes();
        assertTrue(said > 0.6 * actual && said < 1.7 * actual, said + " bytes a lane said, " + actual + " found");
    }

    /** Bytes allocated for a block. */
    private static long used(InferenceKernel kernel, int lanes) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        kernel.block(lanes, 0).start(0, 0);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    @ParameterizedTest
    @CsvSource({"1, 60, 1", "60, 1, 1", "30, 30, 3", "4, 7, 2"})
    void gaussian(int states, int elements, int controls) {
        assertAbout("{kind: linear-gaussian, state_dim: %d, obs_dim: %d, action_dim: %d}"
                .formatted(states, elements, controls));
    }

    @ParameterizedTest
    @CsvSource({"exact, 1", "fpi, 1", "fpi, 3"})
    void discrete(String algorithm, int policyLength) {
        assertAbout(
                discreteModel(12) + "inference: {algorithm: " + algorithm + "}\npolicy_length: " + policyLength + "\n");
    }

    /** Two factors of a number of states, of which the first has two actions; both show in one modality. */
    private static String discreteModel(int states) {
        String a = IntStream.range(0, states)
                .mapToObj(outcome -> IntStream.range(0, states)
                        .mapToObj(first -> IntStream.range(0, states)
                                .mapToObj(second -> outcome == first ? "1" : "0")
                                .toList()
                                .toString())
                        .toList()
                        .toString())
                .toList()
                .toString();
        return FACTORS.formatted(a, still(states, 2), still(states, 1), first(states), first(states));
    }

    private static String first(int states) {
        return IntStream.range(0, states).mapToObj(i -> i == 0 ? 1 : 0).toList().toString();
    }

    private static String still(int states, int actions) {
        return IntStream.range(0, states)
                .mapToObj(next -> IntStream.range(0, states)
                        .mapToObj(now -> IntStream.range(0, actions)
                                .mapToObj(u -> next == now ? 1 : 0)
                                .toList()
                                .toString())
                        .toList()
                        .toString())
                .toList()
                .toString();
    }

    @Test
    @DisplayName("Tables of an agent that learns after every step are made when there is such an agent")
    void lazily() {
        String ones = "[" + "1, ".repeat(11) + "1]";
        String learning = "pD: [%1$s, %1$s]\nlearning: {parameters: [D], update: step}\n".formatted(ones);
        String model = discreteModel(12).replaceAll("(?m)^D: .*$", "") + learning;
        InferenceKernel kernel = InferenceKernel.compile(ModelFile.parse(model, "model", true));
        kernel.block(LANES, 0).start(0, 0);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        AgentBlock block = kernel.block(LANES, 0);
        long empty = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertTrue(empty < kernel.laneBytes(), empty + " bytes without any agent");
        block.start(0, 0);
        long first = THREADS.getCurrentThreadAllocatedBytes() - before - empty;
        double said = kernel.laneBytes();
        assertTrue(said > 0.3 * first && said < 1.7 * first, said + " bytes a lane said, " + first + " allocated");
    }
}
