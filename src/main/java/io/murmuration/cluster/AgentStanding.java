package io.murmuration.cluster;

/**
 * Where an agent stands. Whoever does not know whether a submission was taken, because the process ended meanwhile, can tell by
 * it: taken are inferred + outstanding, and those that failed.
 *
 * @param inferred observations that its belief has seen
 * @param outstanding observations that have not ended
 */
public record AgentStanding(long inferred, int outstanding) {}
