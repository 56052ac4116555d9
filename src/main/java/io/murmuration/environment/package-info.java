/**
 * Worlds that agents act in, in blocks as the engine takes them, and the closed loop of observing and acting. Any
 * generative model can be taken as the true world. This package knows no Spark.
 */
package io.murmuration.environment;
