package io.murmuration.scaling;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What was measured at one moment. What could not be measured is absent; what was measured and is no finite number is
 * absent too, and {@link #unusable} names it.
 */
public final class ResourceMetrics {
    private final Instant timestamp;
    private final Map<Metric, Double> values;
    private final Set<Metric> unusable;

    private ResourceMetrics(Builder builder) {
        timestamp = builder.timestamp;
        values = new LinkedHashMap<>(builder.values);
        unusable = new LinkedHashSet<>(builder.unusable);
    }

    /** Metrics of a moment, none measured yet. */
    public static Builder at(Instant timestamp) {
        return new Builder(timestamp);
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

    /** Metrics whose value was NaN or infinite. */
    public Set<Metric> unusable() {
        return Set.copyOf(unusable);
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
    public String toString() {
        return timestamp + " " + values;
    }

    /** Collects what is measured; of two values of one metric the later one counts. */
    public static final class Builder {
        private final Instant timestamp;
        private final Map<Metric, Double> values = new LinkedHashMap<>();
        private final Set<Metric> unusable = new LinkedHashSet<>();

        private Builder(Instant timestamp) {
            this.timestamp = Objects.requireNonNull(timestamp, "timestamp");
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

        public ResourceMetrics build() {
            return new ResourceMetrics(this);
        }
    }
}
