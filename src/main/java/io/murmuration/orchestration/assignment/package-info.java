/**
 * Who does which task: scores of capabilities, and assignments of a batch of tasks at once, the best there is or greedy.
 *
 * <p>An {@link io.murmuration.orchestration.assignment.AssignmentProblem} has groups of agents, groups of tasks and the score
 * of each pair, or none where the pair is forbidden; {@link io.murmuration.orchestration.assignment.ProfileProblem} makes one
 * of {@link io.murmuration.orchestration.assignment.Capabilities} and
 * {@link io.murmuration.orchestration.assignment.Requirements}. The {@link io.murmuration.orchestration.assignment.Objective}
 * is as many tasks as can be, and among those assignments the highest sum of scores.
 * {@link io.murmuration.orchestration.assignment.OptimalAssignment} reaches it, and its
 * {@link io.murmuration.orchestration.assignment.Certificate} shows so to whoever checks it;
 * {@link io.murmuration.orchestration.assignment.ShortlistedAssignment} reaches it where pairs are too many to be held at once;
 * {@link io.murmuration.orchestration.assignment.GreedyAssignment} is quicker, and the same certificate says how far it is
 * from there. {@link io.murmuration.orchestration.assignment.Shortage} shows why tasks stay without an agent.
 *
 * <p>All is in integers: same problem, same results, on every machine. Nothing here has threads or knows of Spark.
 */
package io.murmuration.orchestration.assignment;
