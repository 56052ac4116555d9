package io.murmuration.inference;

import io.murmuration.inference.ResultLayout.Kind;
import io.murmuration.model.LinearGaussianModel;
import java.util.Collections;
import java.util.List;

/** Where the columns of a linear-Gaussian agent's step stand; mean and covariance come first. */
record GaussianColumns(ResultLayout layout, int freeEnergy, int entropy, int impossible, int action) {

    static GaussianColumns of(LinearGaussianModel model) {
        int n = model.stateWidth();
        ResultLayout.Builder builder = new ResultLayout.Builder()
                .add("mean", Kind.VECTOR, true, List.of(n))
                .add("covariance", Kind.ROWS, true, Collections.nCopies(n, n))
                .scalar(ResultLayout.FREE_ENERGY, true);
        if (model.actionWidth() > 0) {
            builder.add(ResultLayout.ACTION, Kind.VECTOR, true, List.of(model.actionWidth()));
        }
        ResultLayout layout = builder.scalar(ResultLayout.BELIEF_ENTROPY, false)
                .scalar(ResultLayout.IMPOSSIBLE, false)
                .build(0, n + n * n);
        return new GaussianColumns(
                layout,
                layout.offset(ResultLayout.FREE_ENERGY),
                layout.offset(ResultLayout.BELIEF_ENTROPY),
                layout.offset(ResultLayout.IMPOSSIBLE),
                layout.find(ResultLayout.ACTION)
                        .map(ResultLayout.Column::offset)
                        .orElse(0));
    }
}
