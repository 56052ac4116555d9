/** What is submitted to a cluster and what comes back. Values only. */
package io.murmuration.cluster.task;
