package io.murmuration.inference;

import io.murmuration.model.LinearGaussianModel;
import io.murmuration.model.LinearGaussianModel.QuadraticControl;
import io.murmuration.model.Tensor;
import java.util.Arrays;

/**
 * A block of agents of a linear-Gaussian model: the Kalman filter in Joseph's form, {@code P ← (I − KH) P (I − KH)ᵀ + K R
 * Kᵀ}, which keeps covariances symmetric and positive (Bucy and Joseph 1968; Brown and Hwang 2012, eq. 4.2.11), and the
 * first control of the plan.
 */
final class LinearGaussianBlock implements AgentBlock {
    private static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);
    /** A known direction may be off by this much of the numbers involved before it is a contradiction. */
    private static final double CONTRADICTION = 1e-6;

    private final int states;
    private final int elements;
    private final int controls;
    private final double[][] f;
    private final double[][] g;
    private final double[][] h;
    private final double[][] q;
    private final double[][] r;
    private final double[] initialMean;
    private final double[][] initialCovariance;
    private final AffineControl control;
    private final int freeEnergyOffset;
    private final int entropyOffset;
    private final int impossibleOffset;
    private final int actionOffset;

    /** A lane's state. */
    private final long[] steps;

    private final double[][] means;
    private final double[][][] covariances;
    private final double[][] actions;

    /** Scratch of a lane's step. */
    private final double[] moved;

    private final double[][] product;
    private final int[] seen;
    private final double[][] seenCovariance;
    private final double[][] innovationCovariance;
    private final double[] innovation;
    private final double[] weighted;
    private final double[][] kalmanGain;
    private final double[][] keep;
    private final double[][] noise;
    private final Pivots innovationPivots;
    private final Pivots beliefPivots;
    private double freeEnergy;
    private boolean impossible;

    LinearGaussianBlock(LinearGaussianModel model, AffineControl control, ResultLayout layout, int lanes) {
        this.control = control;
        freeEnergyOffset = layout.offset(ResultLayout.FREE_ENERGY);
        entropyOffset = layout.offset(ResultLayout.BELIEF_ENTROPY);
        impossibleOffset = layout.offset(ResultLayout.IMPOSSIBLE);
        actionOffset = layout.find(ResultLayout.ACTION)
                .map(ResultLayout.Column::offset)
                .orElse(0);
        states = model.stateWidth();
        elements = model.observationWidth();
        controls = model.actionWidth();
        f = rows(model.F());
        h = rows(model.H());
        q = rows(model.Q());
        r = rows(model.R());
        g = model.control() instanceof QuadraticControl acting ? rows(acting.G()) : new double[states][0];
        initialMean = model.initialMean().toArray();
        initialCovariance = rows(model.initialCovariance());
        steps = new long[lanes];
        means = new double[lanes][states];
        covariances = new double[lanes][states][states];
        actions = new double[lanes][controls];
        moved = new double[states];
        product = new double[states][states];
        seen = new int[elements];
        seenCovariance = new double[states][elements];
        innovationCovariance = new double[elements][elements];
        innovation = new double[elements];
        weighted = new double[elements];
        kalmanGain = new double[states][elements];
        keep = new double[states][states];
        noise = new double[states][states];
        innovationPivots = new Pivots(elements);
        beliefPivots = new Pivots(states);
    }

    /** The rows of a tensor of two axes. */
    static double[][] rows(Tensor tensor) {
        double[] flat = tensor.toArray();
        int columns = tensor.length(1);
        double[][] rows = new double[tensor.length(0)][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(flat, i * columns, (i + 1) * columns);
        }
        return rows;
    }

    @Override
    public void start(int lane, long agentKey) {
        steps[lane] = 0;
    }

    @Override
    public void resume(int lane, long agentKey, AgentState state) {
        if (state.filter().length != states + states * states || state.action().length != controls) {
            throw new IllegalArgumentException("The state has " + state.filter().length + " values of belief and "
                    + state.action().length + " of action, but the model's has " + (states + states * states) + " and "
                    + controls);
        }
        steps[lane] = state.steps();
        System.arraycopy(state.filter(), 0, means[lane], 0, states);
        for (int i = 0; i < states; i++) {
            System.arraycopy(state.filter(), states + i * states, covariances[lane][i], 0, states);
        }
        System.arraycopy(state.action(), 0, actions[lane], 0, controls);
    }

    @Override
    public AgentState state(int lane) {
        double[] filter = Arrays.copyOf(means[lane], states + states * states);
        for (int i = 0; i < states; i++) {
            System.arraycopy(covariances[lane][i], 0, filter, states + i * states, states);
        }
        return new AgentState(steps[lane], filter, actions[lane].clone(), AgentState.NONE, AgentState.NONE);
    }

    @Override
    public void step(int lanes, ObservationBlock observations, int step, ResultBlock results) {
        for (int lane = 0; lane < lanes; lane++) {
            predict(lane);
            perceive(lane, observations, step);
            write(lane, step, results);
            act(lane, observations, step);
            steps[lane]++;
        }
    }

    /** {@code mean ← F mean + G a}, {@code P ← F P Fᵀ + Q}; before the first observation the prior. */
    private void predict(int lane) {
        double[] mean = means[lane];
        double[][] covariance = covariances[lane];
        if (steps[lane] == 0) {
            System.arraycopy(initialMean, 0, mean, 0, states);
            for (int i = 0; i < states; i++) {
                System.arraycopy(initialCovariance[i], 0, covariance[i], 0, states);
            }
            return;
        }
        for (int i = 0; i < states; i++) {
            moved[i] = dot(f[i], mean, states) + dot(g[i], actions[lane], controls);
        }
        System.arraycopy(moved, 0, mean, 0, states);
        sandwich(f, covariance, q);
    }

    private static double dot(double[] a, double[] b, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** {@code P ← M P Mᵀ + added}, exactly symmetric. */
    private void sandwich(double[][] m, double[][] covariance, double[][] added) {
        for (int i = 0; i < states; i++) {
            for (int j = 0; j < states; j++) {
                double sum = 0;
                for (int k = 0; k < states; k++) {
                    sum += m[i][k] * covariance[k][j];
                }
                product[i][j] = sum;
            }
        }
        for (int i = 0; i < states; i++) {
            for (int j = 0; j <= i; j++) {
                double value = dot(product[i], m[j], states) + added[i][j];
                covariance[i][j] = value;
                covariance[j][i] = value;
            }
        }
    }

    private void perceive(int lane, ObservationBlock observations, int step) {
        double[] mean = means[lane];
        double[][] covariance = covariances[lane];
        int count = observe(mean, lane, observations, step);
        for (int i = 0; i < states; i++) {
            for (int e = 0; e < count; e++) {
                seenCovariance[i][e] = dot(covariance[i], h[seen[e]], states);
            }
        }
        for (int e = 0; e < count; e++) {
            for (int o = 0; o <= e; o++) {
                double sum = r[seen[e]][seen[o]];
                for (int k = 0; k < states; k++) {
                    sum += h[seen[e]][k] * seenCovariance[k][o];
                }
                innovationCovariance[e][o] = sum;
                innovationCovariance[o][e] = sum;
            }
        }
        innovationPivots.factor(innovationCovariance, count);
        measureSurprise(count);
        innovationPivots.backward(innovation);
        for (int i = 0; i < states; i++) {
            mean[i] += dot(seenCovariance[i], innovation, count);
        }
        if (count > 0) {
            shrink(covariance, count);
        }
    }

    /** Gathers the elements seen and their innovations; returns how many there are. */
    private int observe(double[] mean, int lane, ObservationBlock observations, int step) {
        int count = 0;
        for (int e = 0; e < elements; e++) {
            double value = observations.observation(step, e, lane);
            if (!Double.isNaN(value)) {
                seen[count] = e;
                innovation[count] = value - dot(h[e], mean, states);
                count++;
            }
        }
        return count;
    }

    /** Free energy of the innovation, {@code ½(m log 2π + log|S| + eᵀS⁻¹e)}, leaving {@code L⁻¹e} behind. */
    private void measureSurprise(int count) {
        innovationPivots.forward(innovation);
        freeEnergy = 0.5 * (innovationPivots.rank() * LOG_TWO_PI + innovationPivots.logDeterminant());
        impossible = false;
        for (int e = 0; e < count; e++) {
            double pivot = innovationPivots.pivot(e);
            if (pivot > 0) {
                freeEnergy += 0.5 * innovation[e] * innovation[e] / pivot;
            } else if (!(Math.abs(innovation[e]) <= CONTRADICTION * (1 + Math.sqrt(innovationCovariance[e][e])))) {
                impossible = true;
            }
        }
    }

    /** {@code K = P Hᵀ S⁻¹}, {@code P ← (I − KH) P (I − KH)ᵀ + K R Kᵀ}. */
    private void shrink(double[][] covariance, int count) {
        for (int i = 0; i < states; i++) {
            System.arraycopy(seenCovariance[i], 0, kalmanGain[i], 0, count);
            innovationPivots.forward(kalmanGain[i]);
            innovationPivots.backward(kalmanGain[i]);
            for (int j = 0; j < states; j++) {
                double sum = i == j ? 1 : 0;
                for (int e = 0; e < count; e++) {
                    sum -= kalmanGain[i][e] * h[seen[e]][j];
                }
                keep[i][j] = sum;
            }
        }
        sandwich(keep, covariance, noise(count));
    }

    /** {@code K R Kᵀ}. */
    private double[][] noise(int count) {
        for (int i = 0; i < states; i++) {
            for (int e = 0; e < count; e++) {
                double sum = 0;
                for (int o = 0; o < count; o++) {
                    sum += kalmanGain[i][o] * r[seen[o]][seen[e]];
                }
                weighted[e] = sum;
            }
            for (int j = 0; j < states; j++) {
                noise[i][j] = dot(weighted, kalmanGain[j], count);
            }
        }
        return noise;
    }

    private void write(int lane, int step, ResultBlock results) {
        double[] values = results.values();
        int stride = results.lanes();
        int index = results.index(step, 0) + lane;
        for (int i = 0; i < states; i++) {
            values[index + i * stride] = means[lane][i];
            for (int j = 0; j < states; j++) {
                values[index + (states + i * states + j) * stride] = covariances[lane][i][j];
            }
        }
        beliefPivots.factor(covariances[lane], states);
        double entropy = 0.5 * (beliefPivots.rank() * (1 + LOG_TWO_PI) + beliefPivots.logDeterminant());
        values[index + freeEnergyOffset * stride] = freeEnergy;
        values[index + entropyOffset * stride] = entropy;
        values[index + impossibleOffset * stride] = impossible ? 1 : 0;
        for (int k = 0; k < controls; k++) {
            values[index + (actionOffset + k) * stride] = control.control(k, means[lane]);
        }
    }

    /** The recorded action drives the next prior, or the agent's own where there is none. */
    private void act(int lane, ObservationBlock observations, int step) {
        for (int k = 0; k < controls; k++) {
            double recorded = observations.action(step, k, lane);
            actions[lane][k] = Double.isNaN(recorded) ? control.control(k, means[lane]) : recorded;
        }
    }
}
