/**
 * One answer out of those of a group of agents, and why it is that one.
 *
 * <p>An {@link io.murmuration.orchestration.consensus.Opinion} is what an agent says and how much it is to count; an
 * {@link io.murmuration.orchestration.consensus.OpinionPool} is the rule that makes one of them; a
 * {@link io.murmuration.orchestration.consensus.Consensus} is what came out, with who counted how much. Which rule is right is
 * a matter of what agents saw: the same (logarithmic pool, covariance intersection), each something else after a prior in
 * common (posterior), each something else and nothing in common (precision-weighted), or what nobody knows (linear, vote).
 *
 * <p>All sums are in the order of the agents' names, logarithms and exponentials those of {@link java.lang.StrictMath}: same
 * opinions, same bits, whoever answered first.
 */
package io.murmuration.orchestration.consensus;
