package io.murmuration.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The worlds that come with the program, each as a model file: the world's own process is the agents' model. */
public final class Environments {
    /** Names of the worlds. */
    public static final List<String> NAMES = List.of("t-maze", "grid", "bandit", "plant");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int GRID = 3;
    /** How often a position is seen as it is; the rest is spread over all positions. */
    private static final double CLARITY = 0.8;

    private Environments() {}

    /** The model file, as JSON, of a world by its name, which must be one of {@link #NAMES}. */
    public static JsonNode model(String name) {
        if (name.equals("grid")) {
            return grid();
        }
        try (InputStream in = Environments.class.getResourceAsStream(name + ".yaml")) {
            return new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A grid of 3 × 3 positions, seen unclearly, with the wish to be in the last one. */
    private static JsonNode grid() {
        int cells = GRID * GRID;
        ObjectNode model = JSON.createObjectNode().put("kind", "discrete").put("name", "grid");
        ArrayNode likelihood = model.putArray("A").addArray();
        ArrayNode transition = model.putArray("B").addArray();
        ArrayNode wish = model.putArray("C").addArray();
        ArrayNode start = model.putArray("D").addArray();
        for (int to = 0; to < cells; to++) {
            ArrayNode seen = likelihood.addArray();
            ArrayNode arrived = transition.addArray();
            for (int from = 0; from < cells; from++) {
                seen.add((to == from ? CLARITY : 0) + (1 - CLARITY) / cells);
                ArrayNode byAction = arrived.addArray();
                for (Move move : Move.values()) {
                    byAction.add(move.from(from) == to ? 1 : 0);
                }
            }
            wish.add(to == cells - 1 ? 3 : 0);
            start.add(1.0 / cells);
        }
        ObjectNode factor = model.putArray("factors").addObject().put("name", "position");
        ArrayNode actions = factor.putArray("actions");
        for (Move move : Move.values()) {
            actions.add(move.name().toLowerCase(java.util.Locale.ROOT));
        }
        return model;
    }

    /** What an agent on the grid can do; a wall is no way. */
    private enum Move {
        STAY(0, 0),
        UP(-1, 0),
        DOWN(1, 0),
        LEFT(0, -1),
        RIGHT(0, 1);

        private final int rows;
        private final int columns;

        Move(int rows, int columns) {
            this.rows = rows;
            this.columns = columns;
        }

        int from(int cell) {
            int row = Math.min(GRID - 1, Math.max(0, cell / GRID + rows));
            int column = Math.min(GRID - 1, Math.max(0, cell % GRID + columns));
            return row * GRID + column;
        }
    }
}
