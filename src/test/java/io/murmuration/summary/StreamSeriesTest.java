package io.murmuration.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A series of micro-batches")
class StreamSeriesTest {
    private static final Latency NONE = new Latency(Double.NaN, Double.NaN, Double.NaN);

    @Test
    void keepsAllOfFew() {
        StreamSeries series = new StreamSeries();
        series.add(new StreamMoment(3, 10, 2, 0, NONE));
        assertEquals(1, series.each());
        assertEquals(5, series.moments().get(0).rowsPerSecond());
    }

    @Test
    void keepsFewOfManyAndLosesNeitherRowsNorWhatWasSlow() {
        StreamSeries series = new StreamSeries();
        int count = 100_000;
        for (int batch = 0; batch < count; batch++) {
            double slow = batch == 777 ? 9 : 1;
            series.add(
                    new StreamMoment(batch, 2, 0.5, 1, batch % 2 == 0 ? NONE : new Latency(slow, 2 * slow, 3 * slow)));
        }
        List<StreamMoment> moments = series.moments();
        assertTrue(moments.size() <= 512 && moments.size() >= 256, () -> "" + moments.size());
        assertEquals(256, series.each());
        assertEquals(2L * count, moments.stream().mapToLong(StreamMoment::rows).sum());
        assertEquals(count, moments.stream().mapToLong(StreamMoment::alerts).sum());
        assertEquals(count - 1, moments.get(moments.size() - 1).batch());
        assertEquals(27, moments.get(777 / 256).latency().p99());
        assertEquals(4, moments.get(5).rowsPerSecond());
    }
}
