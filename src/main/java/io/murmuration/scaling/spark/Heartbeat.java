package io.murmuration.scaling.spark;

import java.io.Serializable;

/**
 * What an executor says of its own process. What cannot be read is NaN.
 *
 * @param executor who says it
 * @param at when, in milliseconds since the epoch by the executor's clock
 * @param cpuSeconds processor time of the process so far
 * @param gcSeconds time of garbage collections so far
 * @param heapUsed bytes
 * @param heapMax bytes
 * @param residentBytes memory of the process as the operating system counts it
 * @param roundTripSeconds of the heartbeat before, to the driver and back
 * @param ownCpuSeconds processor time of the heartbeats themselves so far
 */
record Heartbeat(
        String executor,
        long at,
        double cpuSeconds,
        double gcSeconds,
        double heapUsed,
        double heapMax,
        double residentBytes,
        double roundTripSeconds,
        double ownCpuSeconds)
        implements Serializable {}
