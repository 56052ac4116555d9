/** What is sent to workers, what they do, and what they send back. */
package io.murmuration.cluster.worker;
