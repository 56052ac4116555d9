package io.murmuration.model;

import io.murmuration.model.LinearGaussianModel.QuadraticControl;
import io.murmuration.model.ModelDescription.Line;
import java.util.ArrayList;
import java.util.List;

/** What a linear-Gaussian model was understood to be, line by line. */
final class LinearGaussianDescription {
    private LinearGaussianDescription() {}

    static List<Line> of(LinearGaussianModel model) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("model", model.name() + ", linear-Gaussian"));
        lines.add(new Line(
                "sizes",
                Names.count(model.stateWidth(), "state", "states") + ", "
                        + Names.count(model.observationWidth(), "observed value", "observed values") + ", "
                        + Names.count(model.actionWidth(), "control", "controls")));
        double radius = LinearGaussianWarnings.spectralRadius(model);
        lines.add(new Line(
                "dynamics",
                "spectral radius of F " + Names.number(radius) + ": "
                        + (radius < 1 - 1e-9
                                ? "stable"
                                : radius <= 1 + 1e-9 ? "neither fades nor grows by itself" : "unstable")));
        lines.add(new Line("inference", "Kalman filter, exact"));
        lines.add(new Line(
                "planning",
                model.control() instanceof QuadraticControl control
                        ? "towards preference_mean " + Names.numbers(control.preferenceMean()) + ", "
                                + Names.count(control.horizon(), "step", "steps") + " ahead"
                        : "none: the agent only perceives"));
        lines.add(new Line("learning", "none"));
        return List.copyOf(lines);
    }
}
