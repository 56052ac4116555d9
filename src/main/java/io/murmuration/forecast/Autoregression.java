package io.murmuration.forecast;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The next value is a weighted sum of the last ones about their mean: ŷ(t+1) − μ = Σ φ_i (y(t+1−i) − μ). Weights solve the
 * Yule–Walker equations of a window (Levinson–Durbin recursion; Brockwell &amp; Davis, Introduction to Time Series and
 * Forecasting, section 2.6.1), which keeps forecasts from growing without bound; the order has the least AIC, n log σ² + 2p.
 * They are worked out anew as often as an eighth of the window is new. A missing value is taken for what was forecast of it;
 * those before the first value are passed over.
 */
public final class Autoregression implements Forecaster {
    private static final int FITS_A_WINDOW = 8;

    private final int maxOrder;
    private final int every;
    private final Window window;
    private int sinceFit;
    private double mean;
    private double[] weights;

    private Autoregression(int maxOrder, int window) {
        if (maxOrder < 1 || window < FITS_A_WINDOW * (maxOrder + 1)) {
            throw new IllegalArgumentException("the order is at most " + maxOrder + " in a window of " + window
                    + " steps, expected at least 1 and 8 (order + 1) steps");
        }
        this.maxOrder = maxOrder;
        every = window / FITS_A_WINDOW;
        this.window = new Window(window);
    }

    /**
     * @param maxOrder the greatest order that is tried, at least 1
     * @param window steps that it is fitted on, at least 8 (maxOrder + 1)
     */
    public static Autoregression of(int maxOrder, int window) {
        return new Autoregression(maxOrder, window);
    }

    @Override
    public String name() {
        return "autoregression";
    }

    /** φ_1 … φ_p; empty before the first fit, and where the values are all the same. */
    public double[] weights() {
        return weights == null ? new double[0] : weights.clone();
    }

    @Override
    public void observe(double value) {
        if (Double.isNaN(value) && window.size() == 0) {
            return;
        }
        window.add(Double.isNaN(value) ? forecast(1).orElseGet(() -> window.get(0)) : value);
        sinceFit++;
        if (sinceFit == every) {
            fit(window.latest(window.size()));
            sinceFit = 0;
        }
    }

    private void fit(double[] values) {
        mean = StatUtils.mean(values);
        double[] covariances = new double[maxOrder + 1];
        Arrays.setAll(covariances, lag -> covariance(values, lag));
        double[] phi = {};
        weights = phi;
        double variance = covariances[0];
        double negligible = Math.ulp(mean) * Math.abs(mean);
        double least = values.length * Math.log(variance);
        for (int order = 1; order <= maxOrder && variance > negligible; order++) {
            double left = covariances[order];
            for (int i = 0; i < phi.length; i++) {
                left -= phi[i] * covariances[order - 1 - i];
            }
            phi = extended(phi, left / variance);
            double last = phi[order - 1];
            variance *= 1 - last * last;
            double criterion = values.length * Math.log(variance) + 2 * order;
            if (criterion < least) {
                least = criterion;
                weights = phi;
            }
        }
    }

    private double covariance(double[] values, int lag) {
        double sum = 0;
        for (int i = lag; i < values.length; i++) {
            sum += (values[i] - mean) * (values[i - lag] - mean);
        }
        return sum / values.length;
    }

    /** The weights of the next order, given its last one. */
    private static double[] extended(double[] phi, double last) {
        double[] next = Arrays.copyOf(phi, phi.length + 1);
        for (int i = 0; i < phi.length; i++) {
            next[i] = phi[i] - last * phi[phi.length - 1 - i];
        }
        next[phi.length] = last;
        return next;
    }

    @Override
    public OptionalDouble forecast(int stepsAhead) {
        if (weights == null) {
            return OptionalDouble.empty();
        }
        int order = weights.length;
        double[] path = Arrays.copyOf(window.latest(order), order + stepsAhead);
        for (int t = order; t < path.length; t++) {
            path[t] = mean;
            for (int i = 0; i < order; i++) {
                path[t] += weights[i] * (path[t - 1 - i] - mean);
            }
        }
        return Numbers.present(path[path.length - 1]);
    }
}
