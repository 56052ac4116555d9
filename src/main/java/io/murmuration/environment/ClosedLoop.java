package io.murmuration.environment;

import io.murmuration.inference.AgentBlock;
import io.murmuration.inference.Draws;
import io.murmuration.inference.InferenceKernel;
import io.murmuration.inference.ObservationBlock;
import io.murmuration.inference.ResultBlock;
import io.murmuration.inference.ResultLayout;
import io.murmuration.model.DiscreteModel;
import io.murmuration.model.GenerativeModel;
import java.util.List;

/** Agents in a world: it shows, they infer and act, it moves on. */
public final class ClosedLoop {
    private final InferenceKernel kernel;
    private final World world;
    private final AgentBlock agents;
    private final ObservationBlock observations;
    private final ResultBlock results;
    private final int lanes;
    private final int room;
    private final int action;
    /** [step][element][lane]. */
    private final double[] states;

    private int agentsInLoop;
    /** How many steps the agents have taken before those that there is room for. */
    private long firstStep;

    /**
     * A loop for a number of agents.
     *
     * @param truth the world's process
     * @param model what the agents believe it to be
     * @param lanes how many agents at most
     * @param room how many steps are kept at once
     * @param seed of the world and of the agents' choices
     * @throws IllegalArgumentException if the model sees or does what the world does not show or take
     */
    public ClosedLoop(GenerativeModel truth, GenerativeModel model, int lanes, int room, long seed) {
        checkFit(truth, model);
        this.lanes = lanes;
        this.room = room;
        kernel = InferenceKernel.compile(model);
        world = World.of(truth, lanes, seed);
        agents = kernel.block(lanes, seed);
        observations = new ObservationBlock(lanes, room, kernel.observationWidth(), kernel.actionWidth());
        results = new ResultBlock(lanes, room, kernel.layout());
        action = kernel.layout()
                .find(ResultLayout.ACTION)
                .map(ResultLayout.Column::offset)
                .orElse(0);
        states = new double[Math.multiplyExact(room, world.stateWidth() * lanes)];
    }

    /** What a loop keeps of a step of an agent, in bytes. */
    public static long stepBytes(GenerativeModel truth, GenerativeModel model) {
        long numbers = (long) InferenceKernel.compile(model).layout().width()
                + model.observationWidth()
                + model.actionWidth()
                + World.of(truth, 1, 0).stateWidth();
        return Double.BYTES * numbers + Long.BYTES;
    }

    private static void checkFit(GenerativeModel truth, GenerativeModel model) {
        String world = describe(truth);
        String agent = describe(model);
        if (!world.equals(agent)) {
            throw new IllegalArgumentException("The agents' model \"" + model.name() + "\" has " + agent
                    + ", but the world \"" + truth.name() + "\" has " + world);
        }
    }

    private static String describe(GenerativeModel model) {
        if (model instanceof DiscreteModel discrete) {
            return "outcomes "
                    + discrete.A().stream().map(a -> a.length(0)).toList() + " and actions "
                    + discrete.B().stream().map(b -> b.length(b.rank() - 1)).toList();
        }
        return model.observationWidth() + " observed values and " + model.actionWidth() + " controls";
    }

    /** Runs agents, at most as many as there are lanes, from their first step for as many as there is room for. */
    public void run(List<String> agentIds) {
        start(agentIds);
        advance(room);
    }

    /** Puts agents, at most as many as there are lanes, before their first step. */
    public void start(List<String> agentIds) {
        agentsInLoop = agentIds.size();
        firstStep = 0;
        for (int lane = 0; lane < agentsInLoop; lane++) {
            long key = Draws.agentKey(agentIds.get(lane));
            world.start(lane, key);
            agents.start(lane, key);
        }
    }

    /** Lets the agents take further steps, which replace the ones before; at most as many as there is room for. */
    public void advance(int steps) {
        observations.clear();
        for (int step = 0; step < steps; step++) {
            for (int lane = 0; lane < agentsInLoop; lane++) {
                observations.setTime(step, lane, firstStep + step);
                for (int e = 0; e < world.stateWidth(); e++) {
                    states[(step * world.stateWidth() + e) * lanes + lane] = world.state(e, lane);
                }
            }
            world.observe(agentsInLoop, step, observations);
            agents.step(agentsInLoop, observations, step, results);
            for (int lane = 0; lane < agentsInLoop; lane++) {
                for (int e = 0; e < kernel.actionWidth(); e++) {
                    observations.setAction(step, e, lane, results.get(step, action + e, lane));
                }
            }
            world.act(agentsInLoop, step, observations);
        }
        firstStep += steps;
    }

    /** What was seen and done. */
    public ObservationBlock observations() {
        return observations;
    }

    /** What was inferred. */
    public ResultBlock results() {
        return results;
    }

    /** An element of the true state at a step. */
    public double state(int step, int element, int lane) {
        return states[(step * world.stateWidth() + element) * lanes + lane];
    }

    public int stateWidth() {
        return world.stateWidth();
    }
}
