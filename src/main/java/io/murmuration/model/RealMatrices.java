package io.murmuration.model;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;

/** Tensors of two axes in the form that commons-math computes with. */
public final class RealMatrices {
    private RealMatrices() {}

    /** A tensor's values. */
    public static RealMatrix of(Tensor tensor) {
        double[][] rows = new double[tensor.length(0)][tensor.length(1)];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = tensor.get(i * rows[i].length + j);
            }
        }
        return new Array2DRowRealMatrix(rows, false);
    }

    /** A covariance or precision, which is symmetric but for rounding, exactly so: the mean of it and its transpose. */
    public static RealMatrix symmetric(Tensor tensor) {
        int size = tensor.length(0);
        double[][] rows = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                rows[i][j] = 0.5 * tensor.get(i * size + j) + 0.5 * tensor.get(j * size + i);
            }
        }
        return new Array2DRowRealMatrix(rows, false);
    }
}
