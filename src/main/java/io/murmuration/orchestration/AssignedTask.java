package io.murmuration.orchestration;

import java.time.Instant;

/**
 * A task in the hands of an agent.
 *
 * @param attempt what the agent answers by
 * @param until when the attempt ends unless it was answered
 */
public record AssignedTask(Attempt attempt, String agent, TaskRequest request, Instant until) {}
