package io.murmuration.summary;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;

/** Seconds from the arrival of a row to its result, as quantiles; all NaN, in JSON null, where no row went out. */
public record Latency(
        @JsonSerialize(using = NumberOrNull.class) double p50,
        @JsonSerialize(using = NumberOrNull.class) double p95,
        @JsonSerialize(using = NumberOrNull.class) double p99) {

    /** @param seconds of every row */
    public static Latency of(QuantileSketch seconds) {
        return new Latency(seconds.quantile(0.5), seconds.quantile(0.95), seconds.quantile(0.99));
    }

    /** Whether any row went out. */
    public boolean known() {
        return !Double.isNaN(p50);
    }

    Latency orHigher(Latency other) {
        if (!known() || !other.known()) {
            return known() ? this : other;
        }
        return new Latency(Math.max(p50, other.p50), Math.max(p95, other.p95), Math.max(p99, other.p99));
    }
}
