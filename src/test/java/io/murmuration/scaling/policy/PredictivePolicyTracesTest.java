package io.murmuration.scaling.policy;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.murmuration.scaling.ScalingPolicy;
import io.murmuration.scaling.backtest.Backtest;
import io.murmuration.scaling.backtest.BacktestMeasures;
import io.murmuration.scaling.backtest.LoadTrace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The predictive policy on recorded loads. */
class PredictivePolicyTracesTest {
    private static final Path TRACES = Path.of("../shared/data/traces");
    private static final int STEPS_A_DAY = 5760;

    private record Means(double violationPercent, double relativeCost) {}

    @Test
    void onAverageItIsBetterThanThePlainRuleInBoth() {
        assumeTrue(Files.exists(TRACES), TRACES + " is not there");
        List<LoadTrace> traces = Stream.of("elb_requests", "tweets_aapl", "nyc_taxi", "nasa_http")
                .map(name -> LoadTrace.read(TRACES.resolve(name + ".csv")))
                .toList();
        Means plain = means(traces, () -> new PeakPolicy(Backtest.CONTEXT, 1.3, 0.8));
        Means predictive = means(traces, () -> PredictivePolicy.of(Backtest.CONTEXT, 0.988));
        assertTrue(predictive.violationPercent() < plain.violationPercent(), predictive + " and " + plain);
        assertTrue(predictive.relativeCost() < plain.relativeCost() - 0.1, predictive + " and " + plain);
    }

    private static Means means(List<LoadTrace> traces, Supplier<ScalingPolicy> policy) {
        double violations = 0;
        double cost = 0;
        for (LoadTrace trace : traces) {
            BacktestMeasures measures = new BacktestMeasures(trace, STEPS_A_DAY);
            new Backtest(trace, Duration.ofSeconds(60)).run(policy.get(), measures::add);
            violations += measures.violationPercent();
            cost += measures.relativeCost();
        }
        return new Means(violations / traces.size(), cost / traces.size());
    }
}
