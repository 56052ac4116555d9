/** What a cluster must not forget, in RocksDB. */
package io.murmuration.cluster.journal;
