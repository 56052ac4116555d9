/**
 * The autoscaler: what is measured, the rules and targets that wish for a number of instances, and what becomes of wishes.
 *
 * <p>Three verbs in a row: a {@link io.murmuration.scaling.MetricsCollector} measures
 * ({@link io.murmuration.scaling.ResourceMetrics}), {@link io.murmuration.scaling.AutoScaler#evaluateScaling} decides, and
 * {@link io.murmuration.scaling.AutoScaler#applyScalingDecision} has it done by an
 * {@link io.murmuration.scaling.InstanceController}. On the way from wishes to a decision each concern is a class of its
 * own: {@link io.murmuration.scaling.Combination} makes one number of several wishes, the stages (tolerance,
 * stabilisation, step, effectiveness, fulfilment, useful parallelism, schedules, the day's budget, step limits) may alter
 * it and say so, and the tightest bounds have the last word.
 *
 * <p>{@link io.murmuration.scaling.ScalingSettings} makes an autoscaler from a file;
 * {@link io.murmuration.scaling.DecisionJournal} records one, {@link io.murmuration.scaling.JournalReplay} decides anew by
 * what was recorded. Nothing here knows of a platform, or of time but by what it is told.
 */
package io.murmuration.scaling;
