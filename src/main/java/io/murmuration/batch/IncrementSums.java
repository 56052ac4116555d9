package io.murmuration.batch;

import io.murmuration.summary.ExactSum;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Learning increments summed over a population, exactly, so that the order of agents and partitions does not matter. */
public record IncrementSums(ExactSum[] sums) implements Serializable {

    public static IncrementSums of(int width) {
        return new IncrementSums(
                IntStream.range(0, width).mapToObj(i -> new ExactSum()).toArray(ExactSum[]::new));
    }

    /** Adds those of an agent. */
    public void add(double[] increments) {
        for (int i = 0; i < sums.length; i++) {
            sums[i].add(increments[i]);
        }
    }

    void merge(IncrementSums other) {
        for (int i = 0; i < sums.length; i++) {
            sums[i].merge(other.sums[i]);
        }
    }

    double[] toArray() {
        return Arrays.stream(sums).mapToDouble(ExactSum::toDouble).toArray();
    }
}
