package io.murmuration.stream.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.murmuration.summary.Latency;
import io.murmuration.summary.QuantileSketch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Times of arrival")
class ArrivalTimesTest {
    private static final long NOW = 1_800_000_000_000L;

    @Test
    void giveLatenciesUpToALaterMomentFromWhateverMomentTheyWereSeen() {
        QuantileSketch all = new QuantileSketch();
        for (int task = 0; task < 4; task++) {
            ArrivalTimes arrivals = new ArrivalTimes(NOW + 250L * task);
            for (int row = 0; row < 250; row++) {
                // From 1 ms to 1 s before the end, in turn.
                arrivals.add((NOW + 1000 - (row * 4L + task + 1)) * 1000);
            }
            all.merge(arrivals.until(NOW + 1000));
        }
        Latency latency = Latency.of(all);
        assertEquals(1000, all.count());
        assertEquals(0.5, latency.p50(), 0.02);
        assertEquals(0.95, latency.p95(), 0.02);
        assertEquals(0.99, latency.p99(), 0.02);
    }

    @Test
    void knowTheLatestOfTheRowsThatWereTaken() {
        ArrivalTimes arrivals = new ArrivalTimes(NOW);
        assertEquals(Long.MIN_VALUE, arrivals.latestMicros());
        arrivals.taken(5);
        arrivals.taken(3);
        assertEquals(5, arrivals.latestMicros());
        assertEquals(0, arrivals.until(NOW).count());
    }
}
