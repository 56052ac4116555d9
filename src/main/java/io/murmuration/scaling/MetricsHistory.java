package io.murmuration.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The latest metrics, oldest first, bounded in number and in age. Not safe for use by several threads. */
public final class MetricsHistory {
    private final int most;
    private final Duration longest;
    private final Deque<ResourceMetrics> measured = new ArrayDeque<>();

    /**
     * @param most how many are kept, at least 1
     * @param longest how old the oldest may be when the latest was measured
     */
    public MetricsHistory(int most, Duration longest) {
        if (most < 1 || longest.isNegative()) {
            throw new IllegalArgumentException("a history of " + most + " metrics and " + DurationText.of(longest)
                    + ", expected at least 1 and 0 s");
        }
        this.most = most;
        this.longest = longest;
    }

    /**
     * Adds the latest metrics. Those of the same time are replaced; where the clock was set back, whatever is later than
     * these is dropped, so that the order of time holds.
     */
    public void add(ResourceMetrics metrics) {
        while (!measured.isEmpty() && !measured.getLast().timestamp().isBefore(metrics.timestamp())) {
            measured.removeLast();
        }
        measured.addLast(metrics);
        Instant oldest = metrics.timestamp().minus(longest);
        while (measured.size() > most || measured.getFirst().timestamp().isBefore(oldest)) {
            measured.removeFirst();
        }
    }

    /** What this would be after {@link #add}, which is not done. */
    public MetricsHistory with(ResourceMetrics metrics) {
        MetricsHistory later = new MetricsHistory(most, longest);
        later.measured.addAll(measured);
        later.add(metrics);
        return later;
    }

    /** All that is kept, oldest first. */
    public List<ResourceMetrics> all() {
        return List.copyOf(measured);
    }

    /** The latest, if there are any. */
    public Optional<ResourceMetrics> latest() {
        return Optional.ofNullable(measured.peekLast());
    }

    /** Those from a moment on, oldest first. */
    public List<ResourceMetrics> since(Instant moment) {
        return measured.stream()
                .filter(metrics -> !metrics.timestamp().isBefore(moment))
                .toList();
    }

    /** Those of the last so long up to the latest, which is included; oldest first. */
    public List<ResourceMetrics> window(Duration length) {
        return measured.isEmpty()
                ? List.of()
                : since(measured.getLast().timestamp().minus(length));
    }

    /** What one metric was. */
    public MetricSeries series(Metric metric) {
        return MetricSeries.of(metric, measured);
    }

    /** What a forecaster expects of one metric a horizon after the latest sample. */
    public OptionalDouble forecast(Metric metric, Duration horizon, SeriesForecast forecaster) {
        return forecaster.ahead(series(metric), horizon);
    }
}
