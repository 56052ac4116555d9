package io.murmuration.inference;

import io.murmuration.inference.ResultLayout.Kind;
import io.murmuration.model.LinearGaussianModel;
import io.murmuration.model.LinearGaussianModel.QuadraticControl;
import java.util.Collections;
import java.util.List;

/** The engine of linear-Gaussian models. */
final class LinearGaussianKernel implements InferenceKernel {
    private final LinearGaussianModel model;
    private final ResultLayout layout;
    private final AffineControl control;

    private LinearGaussianKernel(LinearGaussianModel model) {
        this.model = model;
        control = model.control() instanceof QuadraticControl acting
                ? AffineControl.of(model, acting)
                : AffineControl.none(model.stateWidth());
        int n = model.stateWidth();
        ResultLayout.Builder builder = new ResultLayout.Builder()
                .add("mean", Kind.VECTOR, true, List.of(n))
                .add("covariance", Kind.ROWS, true, Collections.nCopies(n, n))
                .scalar(ResultLayout.FREE_ENERGY, true);
        if (model.actionWidth() > 0) {
            builder.add(ResultLayout.ACTION, Kind.VECTOR, true, List.of(model.actionWidth()));
        }
        layout = builder.scalar(ResultLayout.BELIEF_ENTROPY, false)
                .scalar(ResultLayout.IMPOSSIBLE, false)
                .build(0, n + n * n);
    }

    static InferenceKernel compile(LinearGaussianModel model) {
        return new LinearGaussianKernel(model);
    }

    @Override
    public ResultLayout layout() {
        return layout;
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
        return new LinearGaussianBlock(model, control, layout, lanes);
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
