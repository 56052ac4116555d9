package io.murmuration.scaling.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.murmuration.scaling.policy.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Baselines on recorded loads, against figures of an implementation in another language: means of four traces. */
class BaselinesTest {
    private static final Path TRACES = Path.of("../shared/data/traces");
    private static List<LoadTrace> traces;

    @BeforeAll
    static void readTraces() {
        assumeTrue(Files.isDirectory(TRACES), TRACES + " is not there");
        traces = Stream.of("elb_requests", "nasa_http", "nyc_taxi", "tweets_aapl")
                .map(name -> LoadTrace.read(TRACES.resolve(name + ".csv")))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "hpa-load, 0.6, 60, 0.72/1.91",
        "hpa-load, 0.7, 60, 0.95/1.65",
        "hpa-load, 0.8, 60, 1.41/1.46",
        "hpa-load, 0.9, 60, 2.43/1.31",
        "hpa-load, 0.6, 180, 2.92/1.92",
        "hpa-load, 0.7, 180, 4.11/1.66",
        "hpa-load, 0.8, 180, 5.87/1.46",
        "hpa-load, 0.9, 180, 8.31/1.31",
        "peak, 1-0.8, 60, 0.60/1.38",
        "peak, 1-0.8, 180, 3.30/1.46",
        "peak, 1.3-0.8, 60, 0.43/1.56",
        "peak, 1.3-0.8, 180, 2.35/1.62",
        "peak, 1-0.95, 60, 0.18/1.77",
        "peak, 1-0.95, 180, 1.03/1.80"
    })
    void theFiguresAreThoseOfTheReference(String policy, String setting, int delay, String violationsAndCost) {
        double violations = 0;
        double cost = 0;
        for (LoadTrace trace : traces) {
            Backtest backtest = new Backtest(trace, Duration.ofSeconds(delay));
            BacktestMeasures measures = new BacktestMeasures(trace, LoadTrace.stepOfDay(1));
            backtest.run(
                    backtest.policies().get(policy).create(Backtest.CONTEXT, Setting.parse(setting)), measures::add);
            violations += measures.violationPercent() / traces.size();
            cost += measures.relativeCost() / traces.size();
        }
        assertEquals(violationsAndCost, String.format(Locale.ROOT, "%.2f/%.2f", violations, cost));
    }
}
