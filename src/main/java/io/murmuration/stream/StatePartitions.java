package io.murmuration.stream;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.unsafe.hash.Murmur3_x86_32;

/**
 * The partitions of a stream's state, and the one that keeps an agent. Each has one key, so that all rows that a
 * micro-batch brings to a partition are one call, and go through the kernel in blocks. Spark places a key by its hash: the
 * keys are chosen so that each falls into a partition of its own.
 *
 * @param keys a key a partition, in their order
 */
public record StatePartitions(int[] keys) {
    /** Of Spark's hash partitioning. */
    private static final int SEED = 42;

    /** @param count at least 1 */
    static StatePartitions of(int count) {
        int[] keys = new int[count];
        Arrays.fill(keys, -1);
        int missing = count;
        for (int key = 0; missing > 0; key++) {
            int partition = Math.floorMod(Murmur3_x86_32.hashInt(key, SEED), count);
            if (keys[partition] < 0) {
                keys[partition] = key;
                missing--;
            }
        }
        return new StatePartitions(keys);
    }

    /** Those of a stream in which a key is the number of its partition. */
    public static StatePartitions numbered(int count) {
        return new StatePartitions(IntStream.range(0, count).toArray());
    }

    public int count() {
        return keys.length;
    }

    /** The key of the partition that keeps the agent of a keyed row. */
    Column key() {
        Column partition = pmod(xxhash64(col("model"), col("agent")), lit((long) count()));
        return element_at(all(), partition.plus(1).cast("int"));
    }

    /** The keys of all partitions, an array. */
    Column all() {
        return array(Arrays.stream(keys).mapToObj(key -> lit(key)).toArray(Column[]::new));
    }
}
