package io.murmuration.scaling;

/**
 * Instances as they are.
 *
 * @param ready those that take work
 * @param requested how many were asked for last
 * @param leaving those that take no more work and are not gone yet
 */
public record InstanceCounts(int ready, int requested, int leaving) {}
