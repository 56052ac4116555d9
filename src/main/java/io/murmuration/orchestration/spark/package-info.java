/**
 * Assignments of tables of tasks to tables of agents, as one Spark job.
 *
 * <p>A {@link io.murmuration.orchestration.spark.MatchingRun} groups agents and tasks of equal profiles, has tasks of Spark make
 * the shortlists that the {@link io.murmuration.orchestration.matching.Matching} on the driver asks for, and hands the places of
 * groups to agents one by one; a {@link io.murmuration.orchestration.spark.MatchingCheck} holds the tables that were written
 * against those that were read. A {@link io.murmuration.orchestration.spark.Population} makes up agents and tasks.
 */
package io.murmuration.orchestration.spark;
