package io.murmuration.report;

import java.time.Instant;
import java.util.OptionalDouble;

/**
 * What was there at one moment of scaling.
 *
 * @param at the moment
 * @param demand instances that the work at hand, what waits included, could keep busy, at least 0; empty where it is not known
 * @param ready instances that worked
 * @param requested instances that were asked for once the moment's decision was carried out
 * @param leaving instances that took no more work and were not gone yet
 * @param queueSeconds until those that were ready would have done what waited; empty where it is not known
 */
public record ScalingTick(
        Instant at, OptionalDouble demand, int ready, int requested, int leaving, OptionalDouble queueSeconds) {}
