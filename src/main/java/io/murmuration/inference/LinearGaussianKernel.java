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
    public Smoother smoother() {
        return new RauchTungStriebelSmoother(model);
    }

    @Override
    public CountLearning learning() {
        return CountLearning.NONE;
    }
}
