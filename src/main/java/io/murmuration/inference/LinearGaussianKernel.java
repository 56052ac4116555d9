package io.murmuration.inference;

import io.murmuration.model.LinearGaussianModel;
import io.murmuration.model.LinearGaussianModel.QuadraticControl;

/** The engine of linear-Gaussian models. */
final class LinearGaussianKernel implements InferenceKernel {
    private final LinearGaussianModel model;
    private final GaussianColumns columns;
    private final AffineControl control;

    private LinearGaussianKernel(LinearGaussianModel model) {
        this.model = model;
        control = model.control() instanceof QuadraticControl acting
                ? AffineControl.of(model, acting)
                : AffineControl.none(model.stateWidth());
        columns = GaussianColumns.of(model);
    }

    static InferenceKernel compile(LinearGaussianModel model) {
        return new LinearGaussianKernel(model);
    }

    @Override
    public ResultLayout layout() {
        return columns.layout();
    }

    @Override
    public int observationWidth() {
        return model.observationWidth();
    }

    @Override
    public int actionWidth() {
        return model.actionWidth();
    }

    @Override
    public AgentBlock block(int lanes, long seed) {
        return new LinearGaussianBlock(model, control, columns, lanes);
    }

    @Override
    public long laneBytes() {
        long n = model.stateWidth();
        long m = model.observationWidth();
        // Covariance and Pivots of the belief; F P, I − K H and its product; rows of states.
        long ofStates = n * n / 2 + n * n + 3 * n * n + 10 * n;
        // S and its Pivots; rows of elements.
        long ofElements = m * m / 2 + m * m + 7 * m;
        // H P, K and K R.
        long ofBoth = 3 * n * m;
        return Double.BYTES * (ofStates + ofElements + ofBoth + 2L * model.actionWidth() + 4);
    }

    @Override
    public Smoother smoother() {
        return new RauchTungStriebelSmoother(model);
    }

    @Override
    public CountLearning learning() {
        return CountLearning.NONE;
    }
}
