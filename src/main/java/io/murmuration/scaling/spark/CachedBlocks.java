package io.murmuration.scaling.spark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.status.api.v1.RDDDataDistribution;
import org.apache.spark.status.api.v1.RDDStorageInfo;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What executors hold of cached tables and RDDs. Spark's sums over all blocks of an executor have broadcast variables among
 * them, which every executor that has run a task holds and of which the driver has a copy.
 */
final class CachedBlocks {
    private CachedBlocks() {}

    /** Bytes in memory and on disk by the address of the executor that holds them. */
    static Map<String, Long> byAddress(List<RDDStorageInfo> cached) {
        Map<String, Long> bytes = new HashMap<>();
        for (RDDStorageInfo rdd : cached) {
            if (rdd.dataDistribution().isDefined()) {
                for (RDDDataDistribution part :
                        CollectionConverters.asJava(rdd.dataDistribution().get())) {
                    bytes.merge(part.address(), part.memoryUsed() + part.diskUsed(), Long::sum);
                }
            }
        }
        return bytes;
    }
}
