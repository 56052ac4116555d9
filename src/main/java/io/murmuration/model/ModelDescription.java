package io.murmuration.model;

import java.util.List;

/** What a model was understood to be, line by line. */
public final class ModelDescription {
    private ModelDescription() {}

    /**
     * One line.
     *
     * @param label what it is about, a word or two
     * @param text what there is to say
     */
    public record Line(String label, String text) {}

    public static List<Line> of(GenerativeModel model) {
        return model instanceof DiscreteModel discrete
                ? DiscreteDescription.of(discrete)
                : LinearGaussianDescription.of((LinearGaussianModel) model);
    }
}
