package io.murmuration.cluster;

/**
 * Where an agent stands. Whoever does not know whether a submission was taken, because the process ended meanwhile, can tell by
 * how many were.
 *
 * @param submitted tasks that were given an id
 * @param inferred observations that its belief has seen
 * @param outstanding tasks that have not ended
 */
public record AgentStanding(long submitted, long inferred, int outstanding) {}
