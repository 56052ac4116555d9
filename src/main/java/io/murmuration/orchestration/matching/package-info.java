/**
 * Assignments of a hundred thousand tasks to a million agents, whose pairs are too many to be looked at one by one.
 *
 * <p>Agents and tasks are compiled to arrays ({@link io.murmuration.orchestration.matching.Profiles},
 * {@link io.murmuration.orchestration.matching.Demands}); a {@link io.murmuration.orchestration.matching.ProfileIndex} finds the
 * agents that a task gains most by without looking at the others; a {@link io.murmuration.orchestration.matching.Matching} sells
 * the agents' places to tasks, and its prices prove how far it can be from optimal. Numbers are those of
 * {@link io.murmuration.orchestration.assignment}, whose problems, certificates and shortages are in use here too.
 *
 * <p>Nothing here has threads or knows of Spark: what takes long, a {@link io.murmuration.orchestration.matching.ShortlistSource}
 * may do elsewhere.
 */
package io.murmuration.orchestration.matching;
