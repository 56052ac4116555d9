package io.murmuration.inference;

import io.murmuration.model.DiscreteModel;
import io.murmuration.model.DiscreteModel.Exact;
import io.murmuration.model.DiscreteModel.FixedPoint;
import java.util.Arrays;

/** A block of agents of a discrete model: predict, perceive, plan, act, gather what is to be learned. */
final class DiscreteBlock implements AgentBlock {
    private final DiscreteModel model;
    private final DiscreteColumns columns;
    private final BeliefFilter filter;
    private final Prediction prediction;
    private final Planner planner;
    private final ActionChoice choice;
    private final LearningEvidence evidence;
    private final double[] logHabits;

    private final long[] keys;
    private final long[] steps;
    /** [factor][lane]: the action after the last step. */
    private final int[][] actions;
    /** [modality][lane], the number of outcomes where missing. */
    private final int[][] outcomes;

    private final double[][][] marginals;
    private final double[][] negEfe;
    private final double[][] posterior;
    private final double[] freeEnergy;
    private final double[] impossible;
    private final double[] logProbability;
    private final double[] scratch;

    DiscreteBlock(DiscreteTables tables, DiscreteColumns columns, Increments increments, int lanes, long seed) {
        model = tables.model();
        this.columns = columns;
        filter = filter(tables, lanes);
        marginals = filter.marginals();
        prediction = new Prediction(tables, lanes);
        planner = new Planner(tables, lanes);
        choice = ActionChoice.of(model, lanes, seed);
        evidence = new LearningEvidence(tables, increments, lanes);
        logHabits = tables.logHabits();
        keys = new long[lanes];
        steps = new long[lanes];
        actions = new int[model.factors()][lanes];
        outcomes = new int[model.modalities()][lanes];
        negEfe = Rows.of(model.policies().count(), lanes);
        posterior = Rows.of(model.policies().count(), lanes);
        freeEnergy = new double[lanes];
        impossible = new double[lanes];
        logProbability = new double[lanes];
        scratch = new double[lanes];
    }

    /** How many rows of lanes a block has, about. */
    static long rows(DiscreteTables tables, Increments increments) {
        DiscreteModel model = tables.model();
        long states = tables.totalStates();
        long predicted = tables.transitions().stream()
                .mapToLong(table -> (long) table.actions() * table.states())
                .sum();
        long filtered = states;
        if (tables.states().length > 1 && model.algorithm() instanceof Exact) {
            filtered += 2L * tables.jointStates();
        } else if (tables.states().length > 1) {
            filtered += 3 * states
                    + tables.likelihoods().stream()
                            .mapToLong(table -> table.axes().columns())
                            .sum();
        }
        long scratch = 3L * tables.maxColumns();
        long planned =
                (model.policies().length() - 1) * states + model.policies().length();
        long learned = increments.width() + (increments.learnsB() ? states : 0);
        long actions = predicted / Math.max(1, states / model.factors());
        return filtered
                + predicted
                + scratch
                + planned
                + learned
                + actions
                + 2L * model.policies().count()
                + 20;
    }

    private static BeliefFilter filter(DiscreteTables tables, int lanes) {
        if (tables.states().length == 1) {
            return new SingleFactorFilter(tables, lanes);
        }
        if (tables.model().algorithm() instanceof Exact) {
            return new JointFilter(tables, lanes);
        }
        return new FixedPointFilter(tables, ((FixedPoint) tables.model().algorithm()).iterations(), lanes);
    }

    @Override
    public void start(int lane, long agentKey) {
        keys[lane] = agentKey;
        steps[lane] = 0;
        for (int[] action : actions) {
            action[lane] = 0;
        }
        evidence.clear(lane);
    }

    @Override
    public void resume(int lane, long agentKey, AgentState state) {
        start(lane, agentKey);
        double[][] filtered = filter.filtered();
        StateChecks.size("belief", state.filter().length, filtered.length);
        StateChecks.size("action", state.action().length, actions.length);
        StateChecks.size("increments", state.increments().length, evidence.sums().length);
        StateChecks.finite("belief", state.filter());
        StateChecks.finite("increments", state.increments());
        for (int f = 0; f < actions.length; f++) {
            StateChecks.index("action of factor " + f, state.action()[f], model.actions(f));
        }
        steps[lane] = state.steps();
        for (int i = 0; i < filtered.length; i++) {
            filtered[i][lane] = state.filter()[i];
        }
        for (int f = 0; f < actions.length; f++) {
            actions[f][lane] = (int) state.action()[f];
        }
        for (int i = 0; i < evidence.sums().length; i++) {
            evidence.sums()[i][lane] = state.increments()[i];
        }
        filter.restored(lane);
        prediction.predict(marginals, lane, lane + 1);
    }

    @Override
    public AgentState state(int lane) {
        return new AgentState(
                steps[lane],
                column(filter.filtered(), lane),
                Arrays.stream(actions).mapToDouble(a -> a[lane]).toArray(),
                column(evidence.sums(), lane),
                AgentState.NONE);
    }

    private static double[] column(double[][] rows, int lane) {
        return Arrays.stream(rows).mapToDouble(row -> row[lane]).toArray();
    }

    LearningEvidence evidence() {
        return evidence;
    }

    /** Works out again what depends on transitions that were learned. */
    void relearned() {
        planner.compile();
        prediction.predict(marginals, 0, keys.length);
    }

    @Override
    public void step(int lanes, ObservationBlock observations, int step, ResultBlock results) {
        step(lanes, observations, 0, step, results);
    }

    /** A step whose first lane stands at {@code firstLane} of the observations and results. */
    void step(int lanes, ObservationBlock observations, int firstLane, int step, ResultBlock results) {
        read(lanes, observations, firstLane, step);
        evidence.remember(marginals, 0, lanes);
        filter.predict(steps, actions, prediction.predicted(), 0, lanes);
        filter.perceive(outcomes, freeEnergy, impossible, 0, lanes);
        evidence.add(outcomes, steps, actions, marginals, 0, lanes);
        prediction.predict(marginals, 0, lanes);
        planner.plan(marginals, prediction.predicted(), negEfe, 0, lanes);
        weighPolicies(lanes);
        choice.choose(posterior, keys, observations, step, firstLane, 0, lanes);
        choice.logProbability(posterior, observations, step, firstLane, logProbability, 0, lanes);
        act(lanes, observations, firstLane, step);
        write(lanes, results, firstLane, step);
    }

    private void read(int lanes, ObservationBlock observations, int firstLane, int step) {
        double[] source = observations.observations();
        for (int m = 0; m < outcomes.length; m++) {
            int index = observations.observationIndex(step, m) + firstLane;
            int missing = model.outcomes(m);
            for (int i = 0; i < lanes; i++) {
                double value = source[index + i];
                outcomes[m][i] = Double.isNaN(value) ? missing : (int) value;
            }
        }
    }

    /** {@code q(π) = softmax(gamma · neg_efe + log E)}. */
    private void weighPolicies(int lanes) {
        for (int p = 0; p < posterior.length; p++) {
            Rows.fill(posterior[p], logHabits[p], 0, lanes);
            Rows.addScaled(model.gamma(), negEfe[p], posterior[p], 0, lanes);
        }
        Rows.softmax(posterior, 0, posterior.length, scratch, 0, lanes);
    }

    /** The next prior is driven by the recorded action, or by the agent's own where there is none. */
    private void act(int lanes, ObservationBlock observations, int firstLane, int step) {
        double[] recorded = observations.actions();
        for (int f = 0; f < actions.length; f++) {
            int index = observations.actionIndex(step, f) + firstLane;
            for (int i = 0; i < lanes; i++) {
                double action = recorded[index + i];
                actions[f][i] = Double.isNaN(action) ? choice.chosen()[f][i] : (int) action;
            }
        }
        for (int i = 0; i < lanes; i++) {
            steps[i]++;
        }
    }

    private void write(int lanes, ResultBlock results, int firstLane, int step) {
        RowWriter writer = new RowWriter(results, step, firstLane, lanes);
        int offset = columns.belief();
        Rows.fill(scratch, 0, 0, lanes);
        for (double[][] factor : marginals) {
            for (double[] row : factor) {
                writer.put(offset++, row);
                Rows.addEntropy(row, scratch, 0, lanes);
            }
        }
        writer.put(columns.freeEnergy(), freeEnergy);
        writer.put(columns.entropy(), scratch);
        writer.put(columns.impossible(), impossible);
        for (int p = 0; p < posterior.length; p++) {
            writer.put(columns.negEfe() + p, negEfe[p]);
            writer.put(columns.posterior() + p, posterior[p]);
        }
        for (int f = 0; f < actions.length; f++) {
            writer.put(columns.action() + f, choice.chosen()[f]);
        }
        writer.put(columns.logProbability(), logProbability);
        if (columns.layout().filterOffset() != columns.belief()) {
            int filtered = columns.layout().filterOffset();
            for (double[] row : filter.filtered()) {
                writer.put(filtered++, row);
            }
        }
    }

    /** Copies rows into a step of the results. */
    private record RowWriter(ResultBlock results, int step, int firstLane, int lanes) {
        void put(int offset, double[] row) {
            System.arraycopy(row, 0, results.values(), results.index(step, offset) + firstLane, lanes);
        }

        void put(int offset, int[] row) {
            int index = results.index(step, offset) + firstLane;
            for (int i = 0; i < lanes; i++) {
                results.values()[index + i] = row[i];
            }
        }
    }
}
