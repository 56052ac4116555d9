/** Scaling policies, each the law of one autoscaler: what was observed in, a wish with its reason out. */
package io.murmuration.scaling.policy;
