/**
 * Generative models: what an agent believes about how the world makes observations.
 *
 * <p>A {@link io.murmuration.model.GenerativeModel} is immutable and valid from the moment it exists. This package knows
 * no engine and no Spark.
 */
package io.murmuration.model;
