package io.murmuration.forecast;

import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleValueChecker;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.MultivariateFunctionMappingAdapter;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/**
 * The smoothing under which a {@link HoltWinters} errs least on a window: the mean absolute error of its forecasts of the
 * next step, minimised within the bounds of {@link Smoothing} (Hyndman &amp; Athanasopoulos, section 8.6; the absolute error
 * instead of the likelihood, as bursts would rule the squared one).
 */
final class SmoothingFit {
    private static final double[] START = {0.5, 0.1, 0.9, 0.2};
    private static final double[] LEAST = {0.01, 0, 0.8, 0};
    private static final double[] MOST = {1, 1, 0.98, 0.9};
    private static final int MAX_ITERATIONS = 100;

    private final double[] window;
    private final int[] periods;

    private SmoothingFit(double[] window, int[] periods) {
        this.window = window;
        this.periods = periods;
    }

    /** A Holt–Winters with the smoothing that suits the window, having observed it. */
    static HoltWinters fitted(double[] window, int... periods) {
        SmoothingFit fit = new SmoothingFit(window, periods);
        HoltWinters model = HoltWinters.of(fit.best(), periods);
        for (double value : window) {
            model.observe(value);
        }
        return model;
    }

    private Smoothing best() {
        MultivariateFunctionMappingAdapter bounded =
                new MultivariateFunctionMappingAdapter(point -> error(smoothing(point)), LEAST, MOST);
        SimplexOptimizer optimiser = new SimplexOptimizer(new SimpleValueChecker(1e-3, 0, MAX_ITERATIONS));
        double[] best = optimiser
                .optimize(
                        new ObjectiveFunction(bounded),
                        GoalType.MINIMIZE,
                        MaxEval.unlimited(),
                        new InitialGuess(bounded.boundedToUnbounded(START)),
                        new NelderMeadSimplex(START.length))
                .getPoint();
        return smoothing(bounded.unboundedToBounded(best));
    }

    /** The optimiser moves in a box: trend and season are shares of what the level leaves them. */
    private static Smoothing smoothing(double[] point) {
        return new Smoothing(point[0], point[0] * point[1], point[2], (1 - point[0]) * point[3]);
    }

    private double error(Smoothing smoothing) {
        HoltWinters model = HoltWinters.of(smoothing, periods);
        double sum = 0;
        for (double value : window) {
            double expected = model.forecast(1).orElse(value);
            sum += Double.isNaN(value) ? 0 : Math.abs(value - expected);
            model.observe(value);
        }
        return sum;
    }
}
