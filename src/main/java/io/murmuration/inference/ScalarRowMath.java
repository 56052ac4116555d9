package io.murmuration.inference;

/** Plain Java, one element after the other. */
final class ScalarRowMath implements RowMath {

    @Override
    public void addEntropy(double[] x, double[] target, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] -= Logarithm.entropyTerm(x[i]);
        }
    }

    @Override
    public void flooredLogarithm(double[] x, double[] target, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] = Logarithm.floored(x[i]);
        }
    }

    @Override
    public void subtractLogarithm(double[] x, double[] target, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] -= Logarithm.of(x[i]);
        }
    }

    @Override
    public void exponential(double[] row, double[] reference, int from, int to) {
        for (int i = from; i < to; i++) {
            row[i] = Exponential.ofNonPositive(row[i] - reference[i]);
        }
    }
}
