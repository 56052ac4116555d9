package io.murmuration.stream.agent;

import io.murmuration.batch.Fleet;

/**
 * By what the state of an agent is kept: its id, in a fleet behind the name of its model.
 *
 * @param model the place of its model in the fleet
 * @param agent its id
 */
public record AgentKey(int model, String agent) {
    /** Models are called after files: no name has one. */
    private static final char BETWEEN = '/';

    public String text(Fleet fleet) {
        return fleet.named() ? fleet.members().get(model).name() + BETWEEN + agent : agent;
    }

    /** @throws IllegalArgumentException if the fleet has no model of that name */
    public static AgentKey parse(String text, Fleet fleet) {
        if (!fleet.named()) {
            return new AgentKey(0, text);
        }
        int end = text.indexOf(BETWEEN);
        int model = fleet.indexOf(text.substring(0, end));
        if (model < 0) {
            throw new IllegalArgumentException("The fleet has no model \"" + text.substring(0, end) + "\"");
        }
        return new AgentKey(model, text.substring(end + 1));
    }
}
