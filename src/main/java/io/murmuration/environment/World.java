package io.murmuration.environment;

import io.murmuration.inference.ObservationBlock;
import io.murmuration.model.DiscreteModel;
import io.murmuration.model.GenerativeModel;
import io.murmuration.model.LinearGaussianModel;

/**
 * The true states of a number of agents' surroundings ("lanes"). Draws are counter-based: what happens to an agent depends
 * on the seed, its id and the step alone.
 */
public interface World {

    /** A world whose process is a model's. */
    static World of(GenerativeModel truth, int lanes, long seed) {
        return truth instanceof DiscreteModel discrete
                ? new DiscreteWorld(discrete, lanes, seed)
                : new LinearGaussianWorld((LinearGaussianModel) truth, lanes, seed);
    }

    /** Number of elements of a true state. */
    int stateWidth();

    /** Draws a lane's first state. */
    void start(int lane, long agentKey);

    /** An element of a lane's present state. */
    double state(int element, int lane);

    /** Draws observations of the first lanes at a step of the observations, whose time draws depend on. */
    void observe(int lanes, int step, ObservationBlock observations);

    /** Moves the first lanes on after a step, by the actions recorded in the observations. */
    void act(int lanes, int step, ObservationBlock observations);
}
