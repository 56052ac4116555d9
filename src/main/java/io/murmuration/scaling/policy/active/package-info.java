/** The engine of this project as a scaling policy: an agent that expects its load to change, and prefers short queues to cost. */
package io.murmuration.scaling.policy.active;
