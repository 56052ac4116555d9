package io.murmuration.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The columns that a step yields, and where each stands in the flat row of a {@link ResultBlock}.
 *
 * @param columns in the order of their offsets
 * @param filterWidth number of values of the filtered belief that a {@link Smoother} reads
 * @param width number of values of a row, all columns and the filtered belief
 * @param filterOffset where the filtered belief stands in the row
 */
public record ResultLayout(List<Column> columns, int filterOffset, int filterWidth, int width) {

    /** Names that several readers look for. */
    public static final String FREE_ENERGY = "free_energy";

    public static final String BELIEF_ENTROPY = "belief_entropy";
    public static final String IMPOSSIBLE = "impossible";
    public static final String ACTION = "action";

    /** How the values of a column are to be read. */
    public enum Kind {
        /** One real number; NaN where there is none. */
        SCALAR,
        /** A vector of reals. */
        VECTOR,
        /** A vector of integers. */
        INTEGERS,
        /** Rows of reals, of their own lengths. */
        ROWS
    }

    /**
     * A column.
     *
     * @param name as in the results
     * @param kind how to read it
     * @param offset of its first value in the row
     * @param rowLengths the length of each row; one entry for a vector or a scalar
     * @param standard whether it is among the results unless columns are selected; others are diagnostics
     */
    public record Column(String name, Kind kind, int offset, List<Integer> rowLengths, boolean standard) {
        /** Number of values. */
        public int width() {
            return rowLengths.stream().mapToInt(Integer::intValue).sum();
        }
    }

    /**
     * The same row with columns behind it.
     *
     * @param more columns whose offsets count from 0
     */
    public ResultLayout followedBy(List<Column> more) {
        List<Column> all = new ArrayList<>(columns);
        int end = width;
        for (Column column : more) {
            all.add(new Column(
                    column.name(), column.kind(), width + column.offset(), column.rowLengths(), column.standard()));
            end += column.width();
        }
        return new ResultLayout(List.copyOf(all), filterOffset, filterWidth, end);
    }

    /** The column of a name. */
    public Optional<Column> find(String name) {
        return columns.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    /** The offset of a column that every engine has. */
    public int offset(String name) {
        return find(name).orElseThrow().offset();
    }

    /** Collects columns one after the other. */
    public static final class Builder {
        private final List<Column> columns = new ArrayList<>();
        private int width;

        public Builder add(String name, Kind kind, boolean standard, List<Integer> rowLengths) {
            Column column = new Column(name, kind, width, List.copyOf(rowLengths), standard);
            columns.add(column);
            width += column.width();
            return this;
        }

        public Builder scalar(String name, boolean standard) {
            return add(name, Kind.SCALAR, standard, List.of(1));
        }

        /** Ends with the filtered belief where it is one of the columns, or else in a place of its own. */
        public ResultLayout build(int filterOffset, int filterWidth) {
            return new ResultLayout(List.copyOf(columns), filterOffset, filterWidth, width);
        }

        public ResultLayout buildWithFilter(int filterWidth) {
            return new ResultLayout(List.copyOf(columns), width, filterWidth, width + filterWidth);
        }
    }
}
