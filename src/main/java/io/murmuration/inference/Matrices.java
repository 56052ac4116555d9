package io.murmuration.inference;

import io.murmuration.model.RealMatrices;
import io.murmuration.model.Tensor;
import org.apache.commons.math3.linear.RealMatrix;

/** A model's matrices in the forms that the engine computes with. */
final class Matrices {
    private Matrices() {}

    static double[] rowMajor(RealMatrix matrix) {
        int columns = matrix.getColumnDimension();
        double[] flat = new double[matrix.getRowDimension() * columns];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = matrix.getEntry(i / columns, i % columns);
        }
        return flat;
    }

    /** Row-major; a model's covariances are symmetric but for rounding, these are exactly so. */
    static double[] symmetric(Tensor tensor) {
        return rowMajor(RealMatrices.symmetric(tensor));
    }

    static double[] squares(double[] values) {
        double[] squares = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            squares[i] = values[i] * values[i];
        }
        return squares;
    }

    /** {@code −Mᵀ} of a row-major matrix, row-major. */
    static double[] minusTransposed(double[] matrix, int columns) {
        double[] transposed = new double[matrix.length];
        int rows = matrix.length / columns;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                transposed[j * rows + i] = -matrix[i * columns + j];
            }
        }
        return transposed;
    }
}
