package io.murmuration.scaling.spark;

import java.time.Instant;

/**
 * An executor that is registered with the driver.
 *
 * @param id the cluster manager's name for it
 * @param active whether it takes tasks; false where it is on its way out
 * @param runningTasks tasks that it works at
 * @param slots tasks that it takes at a time, at least 1
 * @param cachedBytes of cached blocks
 * @param holdsShuffle whether shuffle files of a job that still runs lie on it and nowhere else
 * @param addedAt since when it is registered
 */
public record ExecutorState(
        String id,
        boolean active,
        int runningTasks,
        int slots,
        long cachedBytes,
        boolean holdsShuffle,
        Instant addedAt) {
    public boolean isIdle() {
        return runningTasks == 0;
    }
}
