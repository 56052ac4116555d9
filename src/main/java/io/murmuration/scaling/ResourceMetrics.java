package io.murmuration.scaling;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What was measured at one moment. What could not be measured is absent; what was measured and is no finite number is
 * absent too, and {@link #unusable} names it.
 */
public final class ResourceMetrics {
    /** Of the label that says which stage most of the tasks belong to. */
    public static final String STAGE = "stage";

    private final Instant timestamp;
    private final Map<Metric, Double> values;
    private final Set<Metric> unusable;
    private final Map<String, String> labels;

    private ResourceMetrics(Builder builder) {
        timestamp = builder.timestamp;
        values = new LinkedHashMap<>(builder.values);
        unusable = new LinkedHashSet<>(builder.unusable);
        labels = new LinkedHashMap<>(builder.labels);
    }

    /** Metrics of a moment, none measured yet. */
    public static Builder at(Instant timestamp) {
        return new Builder(timestamp);
    }

    /**
     * What this machine and this process show now, by {@link SystemMetrics}. Rates are those since the call before, and
     * absent at the first.
     */
    public static ResourceMetrics collectSystemMetrics() {
        return SystemMetrics.ofThisMachine().collect(Instant.now());
    }

    /** The same, with a value for a metric where that is absent; one that was no number is still named as such. */
    ResourceMetrics assuming(Metric metric, double value) {
        if (values.containsKey(metric)) {
            return this;
        }
        Builder assumed = new Builder(timestamp);
        assumed.values.putAll(values);
        assumed.values.put(metric, value);
        assumed.unusable.addAll(unusable);
        assumed.labels.putAll(labels);
        return assumed.build();
    }

    public Instant timestamp() {
        return timestamp;
    }

    public OptionalDouble get(Metric metric) {
        Double value = values.get(metric);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** The value, or another one where it is absent. */
    public double get(Metric metric, double otherwise) {
        return values.getOrDefault(metric, otherwise);
    }

    /**
     * The value of a metric that is known to have been measured.
     *
     * @throws NoSuchElementException if it is absent
     */
    public double require(Metric metric) {
        Double value = values.get(metric);
        if (value == null) {
            throw new NoSuchElementException(metric + " was not measured");
        }
        return value;
    }

    /** Metrics whose value was NaN or infinite. */
    public Set<Metric> unusable() {
        return new LinkedHashSet<>(unusable);
    }

    /** What is no number and makes a reason readable, as the name of the stage that runs, by key. */
    public Map<String, String> labels() {
        return new LinkedHashMap<>(labels);
    }

    /**
     * Instances that were asked for: {@link Metric#REQUESTED_INSTANCES}, or {@link Metric#ACTIVE_INSTANCES} where that is
     * absent; empty where both are.
     */
    public OptionalInt requestedInstances() {
        OptionalDouble requested = get(Metric.REQUESTED_INSTANCES);
        OptionalDouble instances = requested.isPresent() ? requested : get(Metric.ACTIVE_INSTANCES);
        return instances.isPresent() ? OptionalInt.of((int) instances.getAsDouble()) : OptionalInt.empty();
    }

    /** All that was measured, in the order in which it was. */
    public Map<Metric, Double> values() {
        return new LinkedHashMap<>(values);
    }

    /** By key: the timestamp in seconds since the epoch, the base metrics (null where absent), and all others measured. */
    public Map<String, Double> toMap() {
        Map<String, Double> map = new LinkedHashMap<>();
        for (Metric metric : Metric.BASE) {
            map.put(metric.key(), values.get(metric));
        }
        map.put("timestamp", timestamp.getEpochSecond() + timestamp.getNano() / 1e9);
        values.forEach((metric, value) -> map.put(metric.key(), value));
        return map;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResourceMetrics metrics
                && timestamp.equals(metrics.timestamp)
                && values.equals(metrics.values)
                && unusable.equals(metrics.unusable)
                && labels.equals(metrics.labels);
    }

    @Override
    public int hashCode() {
        return Objects.hash(timestamp, values, unusable, labels);
    }

    @Override
    public String toString() {
        return timestamp + " " + values;
    }

    /** Collects what is measured; of two values of one metric the later one counts. */
    public static final class Builder {
        private final Instant timestamp;
        private final Map<Metric, Double> values = new LinkedHashMap<>();
        private final Set<Metric> unusable = new LinkedHashSet<>();
        private final Map<String, String> labels = new LinkedHashMap<>();

        private Builder(Instant timestamp) {
            this.timestamp = Objects.requireNonNull(timestamp, "timestamp");
        }

        public Instant timestamp() {
            return timestamp;
        }

        public Builder with(Metric metric, double value) {
            if (Double.isFinite(value)) {
                values.put(metric, value);
                unusable.remove(metric);
            } else {
                values.remove(metric);
                unusable.add(metric);
            }
            return this;
        }

        public Builder with(Metric metric, OptionalDouble value) {
            value.ifPresent(present -> with(metric, present));
            return this;
        }

        public Builder label(String key, String text) {
            labels.put(key, Objects.requireNonNull(text, key));
            return this;
        }

        public ResourceMetrics build() {
            return new ResourceMetrics(this);
        }
    }
}
