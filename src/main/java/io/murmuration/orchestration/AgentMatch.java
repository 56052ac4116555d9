package io.murmuration.orchestration;

/**
 * An agent that may do what was asked for.
 *
 * @param score how well, from 0 to 1
 */
public record AgentMatch(AgentView agent, double score) {}
