/**
 * The engine: perceive, plan, act and learn, compiled once from a model and run over blocks of agents.
 *
 * <p>An {@link io.murmuration.inference.InferenceKernel} is made from a {@link io.murmuration.model.GenerativeModel} and is
 * immutable. It makes {@link io.murmuration.inference.AgentBlock}s, the working memory of a number of agents ("lanes"),
 * which take one {@link io.murmuration.inference.ObservationBlock} step after the other and write into a
 * {@link io.murmuration.inference.ResultBlock}. All of these are structures of arrays: the index of the lane varies
 * fastest, so that one loop over lanes is one operation on many agents. What a lane computes never depends on the other
 * lanes or on their number.
 *
 * <p>A JVM started with {@code --add-modules=jdk.incubator.vector} runs it about three times as fast, to the same bits.
 *
 * <p>This package knows no Spark.
 */
package io.murmuration.inference;
