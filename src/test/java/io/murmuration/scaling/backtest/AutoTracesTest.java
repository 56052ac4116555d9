package io.murmuration.scaling.backtest;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.murmuration.scaling.policy.ScenarioPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The policy of those who choose none, on the trace on which rules of thumb are worst. */
class AutoTracesTest {
    private static final Path TRACE = Path.of("../shared/data/traces/elb_requests.csv");

    @Test
    void onARestlessTraceItViolatesLessThanThePlainRuleAndCostsLess() {
        assumeTrue(Files.exists(TRACE), TRACE + " is not there");
        LoadTrace trace = LoadTrace.read(TRACE);
        BacktestMeasures measures = new BacktestMeasures(trace, LoadTrace.STEPS_A_DAY);
        new Backtest(trace, Duration.ofSeconds(60)).run(ScenarioPolicy.of(Backtest.CONTEXT, 40), measures::add);
        // peak@1-0.95 has 0.32 and 2.58, peak@1-0.8 has 1.62 and 1.76.
        assertTrue(measures.violationPercent() < 0.32, measures.violationPercent() + " % violated");
        assertTrue(measures.relativeCost() < 1.4, "cost " + measures.relativeCost());
    }
}
