package io.murmuration.report;

import io.murmuration.report.StepChart.Line;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Quantities over time, which keep their value until the next moment: the first as an area, the others as lines.
 *
 * @param title what is shown
 * @param sentence about it; may be empty
 * @param unit of what is upwards
 * @param times ascending; none where nothing is known yet
 * @param series 1 to 6
 */
public record TimeChart(String title, String sentence, String unit, List<Instant> times, List<Series> series) {
    private static final int MOST_SERIES = 6;

    /**
     * A quantity.
     *
     * @param name for the legend
     * @param values one for each time, at least 0; NaN where it is not known
     */
    public record Series(String name, List<Double> values) {
        public Series {
            values = List.copyOf(values);
        }
    }

    /** @throws IllegalArgumentException if there are too few series or too many, or one is not as long as the times */
    public TimeChart {
        times = List.copyOf(times);
        series = List.copyOf(series);
        if (series.isEmpty() || series.size() > MOST_SERIES) {
            throw new IllegalArgumentException(
                    "The chart of " + title + " has " + series.size() + " series, expected 1 to " + MOST_SERIES);
        }
        for (Series one : series) {
            if (one.values().size() != times.size()) {
                throw new IllegalArgumentException("In the chart of " + title + " the series " + one.name() + " has "
                        + one.values().size() + " values, expected one for each of " + times.size() + " times");
            }
        }
    }

    void addTo(StringBuilder page) {
        if (times.isEmpty()) {
            Html.section(page, title, "Nothing yet.", "");
            return;
        }
        double top = series.stream()
                .flatMap(one -> one.values().stream())
                .filter(Double::isFinite)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        List<Line> lines =
                IntStream.range(0, series.size()).mapToObj(this::line).toList();
        StepChart chart =
                new StepChart(unit, times, top > 0 ? top : 1, lines.get(0), lines.subList(1, lines.size()), List.of());
        Html.section(page, title, sentence, "<div class=\"wide\">" + chart.svg() + "</div>");
    }

    private Line line(int i) {
        double[] values =
                series.get(i).values().stream().mapToDouble(Double::doubleValue).toArray();
        return new Line(series.get(i).name(), "series" + i, values);
    }
}
