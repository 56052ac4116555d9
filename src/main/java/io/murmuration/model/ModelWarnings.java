package io.murmuration.model;

import java.util.List;
import java.util.stream.Stream;

/** Finds what the author of a valid model may not have meant. */
public final class ModelWarnings {
    private ModelWarnings() {}

    /** Warnings about a model and about the keys of its file. */
    public static List<ModelWarning> of(ParsedModel parsed) {
        List<ModelWarning> about = parsed.model() instanceof DiscreteModel discrete
                ? DiscreteWarnings.of(discrete)
                : LinearGaussianWarnings.of((LinearGaussianModel) parsed.model());
        return Stream.concat(about.stream(), KeysWithoutEffect.of(parsed.model(), parsed.keys()).stream())
                .toList();
    }
}
