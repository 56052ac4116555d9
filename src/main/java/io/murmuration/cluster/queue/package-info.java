/** Tasks that wait, and how they are gathered into micro-batches and tried again. Pure: no threads, no clock, no Spark. */
package io.murmuration.cluster.queue;
