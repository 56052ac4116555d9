package io.murmuration.scaling.spark;

import java.time.Instant;

/** Something that happened to an executor. */
public sealed interface ExecutorEvent {
    String id();

    Instant at();

    /** It registered with the driver. */
    record Added(String id, Instant at) implements ExecutorEvent {}

    /** It is gone. */
    record Removed(String id, Instant at, String reason) implements ExecutorEvent {}
}
