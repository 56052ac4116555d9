/**
 * Where the agents of a state partition stand, which of their rows are due, and what surprises them: without any operator
 * of Spark.
 */
package io.murmuration.stream.agent;
