package io.murmuration.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.murmuration.model.LinearGaussianModel.Control;
import io.murmuration.model.LinearGaussianModel.NoControl;
import io.murmuration.model.LinearGaussianModel.QuadraticControl;
import java.util.List;

/** Understands the keys of a linear-Gaussian model's file. */
final class LinearGaussianModelReader {
    private static final List<String> REQUIRED = List.of("F", "H", "Q", "R", "initial_mean", "initial_covariance");
    private static final List<String> CONTROL =
            List.of("G", "preference_mean", "preference_precision", "control_precision", "horizon");
    private static final List<String> DIMENSIONS = List.of("state_dim", "obs_dim", "action_dim");
    private static final int DEFAULT_HORIZON = 5;

    private final JsonNode root;

    LinearGaussianModelReader(JsonNode root) {
        this.root = root;
    }

    LinearGaussianModel read(String stem) {
        String name = root.has("name") ? TensorReader.text("name", root.get("name")) : stem;
        if (DIMENSIONS.stream().anyMatch(root::has)) {
            return ofDimensions(name);
        }
        KnownKeys.check(
                "the model",
                root,
                List.of(
                        "kind",
                        "name",
                        "F",
                        "H",
                        "Q",
                        "R",
                        "initial_mean",
                        "initial_covariance",
                        "G",
                        "preference_mean",
                        "preference_precision",
                        "control_precision",
                        "horizon"));
        require(REQUIRED, "a linear-Gaussian model");
        return new LinearGaussianModel(
                name,
                tensor("F"),
                tensor("H"),
                tensor("Q"),
                tensor("R"),
                tensor("initial_mean"),
                tensor("initial_covariance"),
                control());
    }

    private Control control() {
        if (CONTROL.stream().noneMatch(root::has)) {
            return new NoControl();
        }
        require(CONTROL, "an agent that acts");
        return new QuadraticControl(
                tensor("G"),
                tensor("preference_mean"),
                tensor("preference_precision"),
                tensor("control_precision"),
                TensorReader.integer("horizon", root.get("horizon")));
    }

    private void require(List<String> keys, String what) {
        List<String> missing = keys.stream().filter(key -> !root.has(key)).toList();
        if (!missing.isEmpty()) {
            throw new InvalidModelException(String.join(", ", missing) + " is missing, which " + what + " needs");
        }
    }

    private Tensor tensor(String key) {
        return TensorReader.read(key, root.get(key));
    }

    /** The model that dimensions alone stand for. */
    private LinearGaussianModel ofDimensions(String name) {
        KnownKeys.check("the model", root, List.of("kind", "name", "state_dim", "obs_dim", "action_dim"));
        require(DIMENSIONS, "a model given by its dimensions");
        int n = dimension("state_dim");
        int m = dimension("obs_dim");
        int k = dimension("action_dim");
        return new LinearGaussianModel(
                name,
                scaledIdentity(n, n, 0.95),
                scaledIdentity(m, n, 1),
                scaledIdentity(n, n, 0.1),
                scaledIdentity(m, m, 1),
                Tensor.vector(new double[n]),
                scaledIdentity(n, n, 1),
                new QuadraticControl(
                        scaledIdentity(n, k, 1),
                        Tensor.vector(new double[m]),
                        scaledIdentity(m, m, 1),
                        scaledIdentity(k, k, 1),
                        DEFAULT_HORIZON));
    }

    private int dimension(String key) {
        int value = TensorReader.integer(key, root.get(key));
        if (value < 1 || value > ModelSizes.MAX_DIMENSION) {
            throw new InvalidModelException(key + " is " + value + ", expected from 1 to " + ModelSizes.MAX_DIMENSION);
        }
        return value;
    }

    /** A value where the column is the row modulo the number of columns. */
    private static Tensor scaledIdentity(int rows, int columns, double value) {
        double[][] matrix = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            matrix[i][i % columns] = value;
        }
        return Tensor.matrix(matrix);
    }
}
