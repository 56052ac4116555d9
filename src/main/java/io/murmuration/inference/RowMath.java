package io.murmuration.inference;

/**
 * Logarithms and exponentials over rows, element by element. All implementations yield the same bits: they do the same
 * additions, multiplications and divisions in the same order, none of them fused.
 *
 * <p>Ranges are {@code from} (inclusive) to {@code to} (exclusive).
 */
interface RowMath {

    /** What this JVM runs fastest: vectors where it has them and was started with the module of the Vector API. */
    static RowMath fastest() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() && VectorRowMath.hasVectors()) {
            return VectorRowMath.create();
        }
        return new ScalarRowMath();
    }

    /** {@code target −= x · log(max(x, 2⁻⁵²))}. */
    void addEntropy(double[] x, double[] target, int from, int to);

    /** {@code target = log(max(x, 2⁻⁵²))}. */
    void flooredLogarithm(double[] x, double[] target, int from, int to);

    /** {@code target −= log x}, for positive normal x. */
    void subtractLogarithm(double[] x, double[] target, int from, int to);

    /** {@code row = exp(row − reference)}, where no element of the row is greater than the reference. */
    void exponential(double[] row, double[] reference, int from, int to);
}
