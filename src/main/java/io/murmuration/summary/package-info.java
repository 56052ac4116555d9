/**
 * Aggregates of results as mergeable states: the state of a whole is the merge of the states of its parts, whatever the
 * parts and their order, to the last bit. Sums are exact ({@link io.murmuration.summary.ExactSum}), counts are integers.
 */
package io.murmuration.summary;
