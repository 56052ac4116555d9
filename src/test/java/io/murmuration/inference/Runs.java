package io.murmuration.inference;

import io.murmuration.model.DiscreteModel;
import java.util.Arrays;
import java.util.Random;

/** Random observations, and runs of a kernel over them. */
final class Runs {
    static final long SEED = 11;

    private Runs() {}

    /** Observations of which some are missing, with some recorded actions. */
    static ObservationBlock observations(DiscreteModel model, int lanes, int steps, Random random) {
        ObservationBlock block = new ObservationBlock(lanes, steps, model.modalities(), model.factors());
        for (int t = 0; t < steps; t++) {
            for (int i = 0; i < lanes; i++) {
                block.setTime(t, i, 1_000L * t + 7);
                for (int m = 0; m < model.modalities(); m++) {
                    boolean missing = random.nextInt(6) == 0;
                    block.setObservation(t, m, i, missing ? Double.NaN : random.nextInt(model.outcomes(m)));
                }
                for (int f = 0; f < model.factors(); f++) {
                    boolean own = random.nextInt(3) > 0;
                    block.setAction(t, f, i, own ? Double.NaN : random.nextInt(model.actions(f)));
                }
            }
        }
        return block;
    }

    static long key(int agent) {
        return Draws.agentKey("agent " + agent);
    }

    /** All lanes and steps from the start. */
    static ResultBlock run(InferenceKernel kernel, ObservationBlock seen) {
        int[] agents = new int[seen.lanes()];
        Arrays.setAll(agents, i -> i);
        return run(kernel, seen, agents);
    }

    /** The same with the given agents in the lanes. */
    static ResultBlock run(InferenceKernel kernel, ObservationBlock seen, int... agents) {
        AgentBlock block = kernel.block(seen.lanes(), SEED);
        ResultBlock results = new ResultBlock(seen.lanes(), seen.steps(), kernel.layout());
        for (int i = 0; i < seen.lanes(); i++) {
            block.start(i, key(agents[i]));
        }
        for (int t = 0; t < seen.steps(); t++) {
            block.step(seen.lanes(), seen, t, results);
        }
        return results;
    }

    /** Some lanes' observations, in the given order. */
    static ObservationBlock lanes(ObservationBlock all, DiscreteModel model, int... lanes) {
        ObservationBlock some = new ObservationBlock(lanes.length, all.steps(), model.modalities(), model.factors());
        for (int i = 0; i < lanes.length; i++) {
            copyLane(all, lanes[i], some, i, model);
        }
        return some;
    }

    private static void copyLane(ObservationBlock from, int lane, ObservationBlock to, int place, DiscreteModel model) {
        for (int t = 0; t < from.steps(); t++) {
            to.setTime(t, place, from.time(t, lane));
            for (int m = 0; m < model.modalities(); m++) {
                to.setObservation(t, m, place, from.observation(t, m, lane));
            }
            for (int f = 0; f < model.factors(); f++) {
                to.setAction(t, f, place, from.action(t, f, lane));
            }
        }
    }

    /** Records an action after every step where there is none, so that what follows rests on no choice. */
    static void recordAllActions(ObservationBlock seen, DiscreteModel model, Random random) {
        for (int t = 0; t < seen.steps(); t++) {
            for (int i = 0; i < seen.lanes(); i++) {
                for (int f = 0; f < model.factors(); f++) {
                    seen.setAction(t, f, i, random.nextInt(model.actions(f)));
                }
            }
        }
    }

    /** The values of a column of one lane at a step. */
    static double[] column(InferenceKernel kernel, ResultBlock results, String name, int step, int lane) {
        ResultLayout.Column column = kernel.layout().find(name).orElseThrow();
        double[] values = new double[column.width()];
        for (int i = 0; i < values.length; i++) {
            values[i] = results.get(step, column.offset() + i, lane);
        }
        return values;
    }

    /** The action that drove the next prior: the recorded one, or the agent's own. */
    static int[] taken(InferenceKernel kernel, ResultBlock results, ObservationBlock seen, int step, int lane) {
        double[] own = column(kernel, results, ResultLayout.ACTION, step, lane);
        int[] taken = new int[own.length];
        for (int f = 0; f < taken.length; f++) {
            double recorded = seen.action(step, f, lane);
            taken[f] = (int) (Double.isNaN(recorded) ? own[f] : recorded);
        }
        return taken;
    }
}
