package io.murmuration.scaling;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What one metric was, in the order of time. Moments at which it was not measured are left out.
 *
 * @param metric the metric
 * @param samples finite values at increasing times
 */
public record MetricSeries(Metric metric, List<Sample> samples) {
    /**
     * A value at a moment.
     *
     * @param at when it was measured
     * @param value in the metric's unit
     */
    public record Sample(Instant at, double value) {}

    public MetricSeries {
        samples = List.copyOf(samples);
    }

    /** The series of a metric in what was measured. */
    static MetricSeries of(Metric metric, Iterable<ResourceMetrics> measured) {
        List<Sample> samples = new ArrayList<>();
        for (ResourceMetrics metrics : measured) {
            metrics.get(metric).ifPresent(value -> samples.add(new Sample(metrics.timestamp(), value)));
        }
        return new MetricSeries(metric, samples);
    }

    /** The values alone. */
    public double[] values() {
        return samples.stream().mapToDouble(Sample::value).toArray();
    }
}
