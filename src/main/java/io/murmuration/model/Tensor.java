package io.murmuration.model;

import java.io.Serializable;
import java.util.Arrays;

/** An immutable dense array of doubles with any number of axes, stored row-major (the last axis varies fastest). */
public final class Tensor implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int[] shape;
    private final double[] values;

    private Tensor(int[] shape, double[] values) {
        this.shape = shape;
        this.values = values;
    }

    /**
     * A tensor of the given shape over a copy of the values.
     *
     * @param shape the length of every axis, each at least 1
     * @param values row-major, as many as the product of the lengths
     * @throws IllegalArgumentException if the number of values does not fit the shape
     */
    public static Tensor of(int[] shape, double... values) {
        long size = 1;
        for (int length : shape) {
            size = Math.multiplyExact(size, (long) length);
        }
        if (size != values.length) {
            throw new IllegalArgumentException(
                    "Shape " + Arrays.toString(shape) + " holds " + size + " values, but there are " + values.length);
        }
        return new Tensor(shape.clone(), values.clone());
    }

    /** A tensor of one axis. */
    public static Tensor vector(double... values) {
        return new Tensor(new int[] {values.length}, values.clone());
    }

    /** A tensor of two axes from rows of equal length. */
    public static Tensor matrix(double[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        double[] values = new double[rows.length * columns];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw new IllegalArgumentException(
                        "Row " + i + " has " + rows[i].length + " values, row 0 has " + columns);
            }
            System.arraycopy(rows[i], 0, values, i * columns, columns);
        }
        return new Tensor(new int[] {rows.length, columns}, values);
    }

    /** Number of axes. */
    public int rank() {
        return shape.length;
    }

    /** Length of an axis. */
    public int length(int axis) {
        return shape[axis];
    }

    /** Number of values. */
    public int size() {
        return values.length;
    }

    /** A copy of the lengths of all axes. */
    public int[] shape() {
        return shape.clone();
    }

    /** The value at a row-major index. */
    public double get(int index) {
        return values[index];
    }

    /** A copy of all values, row-major. */
    public double[] toArray() {
        return values.clone();
    }

    /**
     * The same tensor with every column along the first axis divided by its sum; a column that sums to 0 becomes uniform.
     */
    public Tensor normalised() {
        int rows = shape[0];
        int columns = values.length / rows;
        double[] result = new double[values.length];
        for (int j = 0; j < columns; j++) {
            double sum = 0;
            for (int i = 0; i < rows; i++) {
                sum += values[i * columns + j];
            }
            for (int i = 0; i < rows; i++) {
                result[i * columns + j] = sum > 0 ? values[i * columns + j] / sum : 1.0 / rows;
            }
        }
        return new Tensor(shape, result);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor that && Arrays.equals(shape, that.shape) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
    }

    /** The shape only: values of a large tensor help nobody in a message. */
    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape);
    }
}
