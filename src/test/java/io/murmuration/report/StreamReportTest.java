package io.murmuration.report;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.summary.Latency;
import io.murmuration.summary.StreamMoment;
import io.murmuration.summary.StreamSeries;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The page about a stream")
class StreamReportTest {
    private static String page(StreamSeries series) {
        return new StreamReport(
                        "Stream with <m>",
                        Map.of("seed", "1"),
                        Map.of("written", 12345L),
                        Map.of("time", 3L),
                        series,
                        Map.of(),
                        Map.of())
                .html();
    }

    @Test
    void showsWhatBecameOfRowsAndHowFast() {
        StreamSeries series = new StreamSeries();
        series.add(new StreamMoment(0, 100, 2, 3, new Latency(1, 2, 3)));
        series.add(new StreamMoment(1, 100, 1, 0, new Latency(Double.NaN, Double.NaN, Double.NaN)));
        String html = page(series);
        assertTrue(html.contains("12,345"), html);
        assertTrue(html.contains("Stream with &lt;m&gt;"), html);
        assertTrue(html.contains("<h3>Latency</h3>"), html);
        assertTrue(html.contains("<h3>Alerts</h3>"), html);
        assertFalse(html.contains("NaN"), html);
    }

    @Test
    void isAPageWhereNothingHappened() {
        String html = page(new StreamSeries());
        assertTrue(html.contains("What became of all rows"), html);
        assertFalse(html.contains("<h3>Latency</h3>"), html);
        assertFalse(html.contains("<h3>Alerts</h3>"), html);
    }
}
