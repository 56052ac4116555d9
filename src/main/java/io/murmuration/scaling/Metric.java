package io.murmuration.scaling;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One quantity that can be measured: its key as it stands in journals and maps, and its unit. Two metrics of one key are
 * one metric.
 *
 * @param key lower case with underscores, as {@code cpu_percent}
 * @param unit what a value counts
 */
public record Metric(String key, Unit unit) {
    /** What a value counts. */
    public enum Unit {
        /** From 0 to 100. */
        PERCENT(" %"),
        /** From 0 to 1. */
        SHARE(""),
        /** Things. */
        COUNT(""),
        /** Things a second. */
        PER_SECOND("/s"),
        MILLISECONDS(" ms"),
        SECONDS(" s"),
        MEBIBYTES(" MiB"),
        GIBIBYTES(" GiB"),
        BYTES_PER_SECOND(" B/s"),
        /** Work, in whatever the load is counted in: requests, rows, task-seconds. */
        WORK("");

        private static final MathContext DIGITS = new MathContext(4);
        private final String symbol;

        Unit(String symbol) {
            this.symbol = symbol;
        }

        /** A finite value for people: four significant digits, but all before the point, and the unit, as {@code 92.3 %}. */
        public String text(double value) {
            BigDecimal exact = new BigDecimal(value);
            BigDecimal rounded =
                    Math.abs(value) < 1000 ? exact.round(DIGITS) : exact.setScale(0, RoundingMode.HALF_EVEN);
            return (rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString()) + symbol;
        }
    }

    private static final Map<String, Metric> NAMED = new LinkedHashMap<>();

    public static final Metric CPU_PERCENT = register("cpu_percent", Unit.PERCENT);
    public static final Metric MEMORY_PERCENT = register("memory_percent", Unit.PERCENT);
    public static final Metric MEMORY_AVAILABLE = register("memory_available_gb", Unit.GIBIBYTES);
    public static final Metric PROCESS_MEMORY = register("process_memory_mb", Unit.MEBIBYTES);
    /** Runnable processes, averaged over a minute. */
    public static final Metric SYSTEM_LOAD_1M = register("system_load_1m", Unit.COUNT);

    public static final Metric SYSTEM_LOAD_5M = register("system_load_5m", Unit.COUNT);
    public static final Metric SYSTEM_LOAD_15M = register("system_load_15m", Unit.COUNT);
    public static final Metric DISK_BYTES = register("disk_bytes_per_second", Unit.BYTES_PER_SECOND);
    public static final Metric NETWORK_BYTES = register("network_bytes_per_second", Unit.BYTES_PER_SECOND);
    /** The round trip of a probe. */
    public static final Metric NETWORK_LATENCY = register("network_latency_ms", Unit.MILLISECONDS);

    /** Instances that work. */
    public static final Metric ACTIVE_INSTANCES = register("active_instances", Unit.COUNT);
    /** Instances that were asked for last, whether or not they are there. */
    public static final Metric REQUESTED_INSTANCES = register("requested_instances", Unit.COUNT);
    /** From asking for an instance until it works. */
    public static final Metric PROVISIONING_TIME = register("provisioning_seconds", Unit.SECONDS);
    /** Tasks that an instance takes at a time. */
    public static final Metric SLOTS_PER_INSTANCE = register("slots_per_instance", Unit.COUNT);
    /** Tasks that are being worked at. */
    public static final Metric RUNNING_TASKS = register("running_tasks", Unit.COUNT);
    /** Tasks that wait for a slot and could start at once. */
    public static final Metric PENDING_TASKS = register("pending_tasks", Unit.COUNT);
    /** Things that wait. */
    public static final Metric QUEUE_DEPTH = register("queue_depth", Unit.COUNT);
    /** Running tasks that have run longer than those of their kind that ended, on average. */
    public static final Metric OVERDUE_TASKS = register("overdue_tasks", Unit.COUNT);
    /** Until all running tasks but the overdue ones have ended, if they take as long as their kind does on average. */
    public static final Metric REMAINING_TASK_TIME = register("remaining_task_seconds", Unit.SECONDS);

    public static final Metric RESPONSE_TIME = register("avg_response_time", Unit.MILLISECONDS);
    public static final Metric REQUESTS = register("requests_per_second", Unit.PER_SECOND);
    public static final Metric ERROR_RATE = register("error_rate", Unit.SHARE);

    /** Work that arrived in the interval since the metrics before. */
    public static final Metric LOAD = register("load", Unit.WORK);
    /** Work that has arrived and is not done. */
    public static final Metric QUEUED_WORK = register("queued_work", Unit.WORK);
    /** Work that one instance does in an interval. */
    public static final Metric INSTANCE_CAPACITY = register("instance_capacity", Unit.WORK);
    /** Work done over what the instances that work could have done. */
    public static final Metric UTILISATION = register("utilisation", Unit.SHARE);

    /** What {@link ResourceMetrics#toMap} names always, whether measured or not. */
    static final List<Metric> BASE = List.of(
            CPU_PERCENT,
            MEMORY_PERCENT,
            MEMORY_AVAILABLE,
            ACTIVE_INSTANCES,
            QUEUE_DEPTH,
            RESPONSE_TIME,
            REQUESTS,
            ERROR_RATE);

    private static Metric register(String key, Unit unit) {
        Metric metric = new Metric(key, unit);
        NAMED.put(key, metric);
        return metric;
    }

    /** The metric of this class that has a key, if one has. */
    public static Optional<Metric> named(String key) {
        return Optional.ofNullable(NAMED.get(key));
    }

    public Metric {
        Objects.requireNonNull(unit, "unit");
        if (!key.matches("[a-z][a-z0-9_.]*")) {
            throw new IllegalArgumentException(
                    "a metric's key is \"" + key + "\", expected lower-case letters, digits, underscores and dots");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Metric metric && key.equals(metric.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return key;
    }
}
