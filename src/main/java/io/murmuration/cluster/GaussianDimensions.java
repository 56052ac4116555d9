package io.murmuration.cluster;

import io.murmuration.batch.CallerException;

/**
 * The dimensions of a linear-Gaussian model, which stand for the model that has them and the defaults of the model file.
 *
 * @param state length of the hidden state, at least 1
 * @param observation length of an observation, at least 1
 * @param action length of an action, at least 1
 */
public record GaussianDimensions(int state, int observation, int action) {
    public GaussianDimensions {
        if (Math.min(state, Math.min(observation, action)) < 1) {
            throw new CallerException("The dimensions are " + state + ", " + observation + " and " + action
                    + ", expected at least 1 each");
        }
    }

    String text() {
        return "{\"kind\": \"linear-gaussian\", \"state_dim\": " + state + ", \"obs_dim\": " + observation
                + ", \"action_dim\": " + action + "}";
    }

    String name() {
        return "linear-gaussian-" + state + "-" + observation + "-" + action;
    }
}
