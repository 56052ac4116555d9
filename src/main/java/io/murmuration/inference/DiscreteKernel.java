package io.murmuration.inference;

import io.murmuration.model.DiscreteModel;

/** Placeholder until merged. */
final class DiscreteKernel {
    private DiscreteKernel() {}

    static InferenceKernel compile(DiscreteModel model) {
        throw new IllegalStateException(model.name());
    }
}
