package io.murmuration.inference;

import io.murmuration.model.LinearGaussianModel;
import java.util.Arrays;

/** A block of agents of a linear-Gaussian model: predict, perceive by the Kalman filter, plan, act. */
final class LinearGaussianBlock implements AgentBlock {
    private static final double LOG_TWO_PI_E = 1 + StrictMath.log(2 * Math.PI);

    private final AffineControl control;
    private final GaussianColumns columns;
    private final LinearPrediction prediction;
    private final Innovation innovation;
    private final KalmanUpdate update;
    private final Pivots beliefPivots;

    private final long[] steps;
    private final GaussianBelief belief;
    /** [control][lane]: the action after the last step. */
    private final double[][] actions;
    /** [control][lane]: the agent's own choice. */
    private final double[][] chosen;

    private final double[] entropy;
    private final double[][] noFloor;

    LinearGaussianBlock(LinearGaussianModel model, AffineControl control, GaussianColumns columns, int lanes) {
        this.control = control;
        this.columns = columns;
        int states = model.stateWidth();
        prediction = new LinearPrediction(model, lanes);
        innovation = new Innovation(model, lanes);
        update = new KalmanUpdate(model, lanes);
        beliefPivots = new Pivots(states, lanes);
        steps = new long[lanes];
        belief = GaussianBelief.of(states, lanes);
        actions = Rows.of(model.actionWidth(), lanes);
        chosen = Rows.of(model.actionWidth(), lanes);
        entropy = new double[lanes];
        noFloor = Rows.of(states, lanes);
    }

    @Override
    public void start(int lane, long agentKey) {
        steps[lane] = 0;
        prediction.start(belief, lane);
        for (double[] action : actions) {
            action[lane] = 0;
        }
    }

    @Override
    public void resume(int lane, long agentKey, AgentState state) {
        if (state.filter().length != belief.width() || state.action().length != actions.length) {
            throw new IllegalArgumentException("The state has " + state.filter().length + " values of belief and "
                    + state.action().length + " of action, but the model's has " + belief.width() + " and "
                    + actions.length);
        }
        StateChecks.finite("belief", state.filter());
        StateChecks.finite("action", state.action());
        steps[lane] = state.steps();
        belief.set(lane, state.filter());
        for (int k = 0; k < actions.length; k++) {
            actions[k][lane] = state.action()[k];
        }
    }

    @Override
    public AgentState state(int lane) {
        double[] action = Arrays.stream(actions).mapToDouble(row -> row[lane]).toArray();
        return new AgentState(steps[lane], belief.get(lane), action, AgentState.NONE, AgentState.NONE);
    }

    @Override
    public void step(int lanes, ObservationBlock observations, int step, ResultBlock results) {
        prediction.predict(belief, actions, steps, lanes);
        innovation.measure(belief, observations, step, lanes);
        update.update(belief, innovation, lanes);
        measureEntropy(lanes);
        control.choose(belief.mean(), chosen, lanes);
        act(lanes, observations, step);
        write(lanes, step, results);
    }

    /** {@code ½ log det(2πe P)} over the directions that are not known exactly. */
    private void measureEntropy(int lanes) {
        beliefPivots.factor(belief.covariance(), belief.variance(), noFloor, lanes);
        Rows.fill(entropy, 0, 0, lanes);
        for (int i = 0; i < belief.states(); i++) {
            double[] pivot = beliefPivots.pivot(i);
            for (int lane = 0; lane < lanes; lane++) {
                entropy[lane] += pivot[lane] > 0 ? 0.5 * (LOG_TWO_PI_E + Logarithm.of(pivot[lane])) : 0;
            }
        }
    }

    /** The recorded action drives the next prior, or the agent's own where there is none. */
    private void act(int lanes, ObservationBlock observations, int step) {
        double[] recorded = observations.actions();
        for (int k = 0; k < actions.length; k++) {
            int index = observations.actionIndex(step, k);
            for (int lane = 0; lane < lanes; lane++) {
                double action = recorded[index + lane];
                actions[k][lane] = Double.isNaN(action) ? chosen[k][lane] : action;
            }
        }
        for (int lane = 0; lane < lanes; lane++) {
            steps[lane]++;
        }
    }

    private void write(int lanes, int step, ResultBlock results) {
        for (int value = 0; value < belief.width(); value++) {
            put(belief.row(value), results, step, value, lanes);
        }
        put(innovation.freeEnergy(), results, step, columns.freeEnergy(), lanes);
        put(entropy, results, step, columns.entropy(), lanes);
        put(innovation.impossible(), results, step, columns.impossible(), lanes);
        for (int k = 0; k < chosen.length; k++) {
            put(chosen[k], results, step, columns.action() + k, lanes);
        }
    }

    private static void put(double[] row, ResultBlock results, int step, int offset, int lanes) {
        System.arraycopy(row, 0, results.values(), results.index(step, offset), lanes);
    }
}
