package io.murmuration.cluster.task;

import io.murmuration.inference.ResultLayout.Kind;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was inferred from an observation: the values that a batch over the same observations writes in its row, bit by bit.
 *
 * @param time of the observation
 * @param columns in the order of a batch's results
 */
public record InferredStep(long time, List<Column> columns) implements Serializable {

    /**
     * A column of the results.
     *
     * @param name as in the results of a batch
     * @param kind how its values are to be read
     * @param rows its values; one row for a vector, one row of one for a number, which is NaN where there is none
     */
    public record Column(String name, Kind kind, double[][] rows) implements Serializable {
        /** The cell that a batch writes in CSV. */
        public String text() {
            return switch (kind) {
                case SCALAR -> Double.isNaN(rows[0][0]) ? "" : Double.toString(rows[0][0]);
                case VECTOR -> text(Arrays.stream(rows[0]).mapToObj(Double::toString));
                case INTEGERS -> text(Arrays.stream(rows[0]).mapToObj(value -> Integer.toString((int) value)));
                case ROWS ->
                    text(Arrays.stream(rows).map(row -> text(Arrays.stream(row).mapToObj(Double::toString))));
            };
        }

        private static String text(Stream<String> elements) {
            return elements.collect(Collectors.joining(",", "[", "]"));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Column that
                    && name.equals(that.name)
                    && kind == that.kind
                    && Arrays.deepEquals(rows, that.rows);
        }

        @Override
        public int hashCode() {
            return 31 * name.hashCode() + Arrays.deepHashCode(rows);
        }

        @Override
        public String toString() {
            return name + "=" + Arrays.deepToString(rows);
        }
    }

    /** A distribution over states a factor; the mean alone, in one row, under a linear-Gaussian model. */
    public double[][] belief() {
        return find("belief").or(() -> find("mean")).orElseThrow();
    }

    /** The covariance of a Gaussian belief; empty under a discrete model. */
    public Optional<double[][]> covariance() {
        return find("covariance");
    }

    /** In nats. */
    public double freeEnergy() {
        return find("free_energy").orElseThrow()[0][0];
    }

    /** The agent's own choice: an index a factor, or a real number an element; empty where the agent only perceives. */
    public Optional<double[]> action() {
        return find("action").map(rows -> rows[0]);
    }

    /** An entry a policy; empty where the agent has none. */
    public Optional<double[]> policyPosterior() {
        return find("policy_posterior").map(rows -> rows[0]);
    }

    /** The values of a column; empty where the model has no such column. */
    public Optional<double[][]> find(String name) {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .map(Column::rows);
    }

    @Override
    public String toString() {
        return "t=" + time + " " + columns.stream().map(Column::toString).collect(Collectors.joining(" "));
    }
}
