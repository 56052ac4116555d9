/**
 * Who does what: agents are registered with what they can do, tasks are given to them, and each task is seen to its end.
 *
 * <p>{@link io.murmuration.orchestration.MultiAgentOrchestrator} is a lock around a machine that decides ({@code Orchestration}:
 * {@code TaskBook} for tasks, {@code AgentRegistry} for agents, {@code Rounds} for when tasks are assigned), which knows neither
 * threads nor a clock; what takes time is done outside of the lock. Who gets which task is for an {@link
 * io.murmuration.orchestration.AssignmentRule} to say, and {@link io.murmuration.orchestration.Round} keeps what it takes to check
 * that. Everything that happens is an {@link io.murmuration.orchestration.OrchestrationEvent}.
 */
package io.murmuration.orchestration;
