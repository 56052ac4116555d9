package io.murmuration.inference;

import io.murmuration.model.LinearGaussianModel;
import io.murmuration.model.LinearGaussianModel.Control;
import io.murmuration.model.LinearGaussianModel.NoControl;
import io.murmuration.model.LinearGaussianModel.QuadraticControl;
import io.murmuration.model.Tensor;
import java.util.Arrays;
import java.util.Random;

/** Linear-Gaussian models and observations to test with, and how they run. */
final class GaussianCases {
    private GaussianCases() {}

    /** A well-conditioned model of up to 4 states and elements, every other one with up to 3 controls. */
    static LinearGaussianModel random(Random random) {
        int n = 1 + random.nextInt(4);
        int m = 1 + random.nextInt(4);
        return new LinearGaussianModel(
                "random",
                Tensor.matrix(matrix(random, n, n, 0.6)),
                Tensor.matrix(matrix(random, m, n, 1)),
                Tensor.matrix(covariance(random, n, n, 0.2)),
                Tensor.matrix(covariance(random, m, m, 0.2)),
                Tensor.vector(matrix(random, 1, n, 2)[0]),
                Tensor.matrix(covariance(random, n, n, 0.2)),
                random.nextBoolean() ? new NoControl() : control(random, n, m, 1 + random.nextInt(3)));
    }

    static Control control(Random random, int n, int m, int k) {
        return new QuadraticControl(
                Tensor.matrix(matrix(random, n, k, 1)),
                Tensor.vector(matrix(random, 1, m, 2)[0]),
                Tensor.matrix(covariance(random, m, 1 + random.nextInt(m), 0)),
                Tensor.matrix(covariance(random, k, k, 0.5)),
                1 + random.nextInt(6));
    }

    static double[][] matrix(Random random, int rows, int columns, double scale) {
        double[][] matrix = new double[rows][columns];
        for (double[] row : matrix) {
            for (int j = 0; j < columns; j++) {
                row[j] = scale * random.nextGaussian();
            }
        }
        return matrix;
    }

    /** A covariance of a rank, with something added to the diagonal. */
    static double[][] covariance(Random random, int size, int rank, double added) {
        double[][] root = matrix(random, size, rank, 1 / Math.sqrt(rank));
        double[][] covariance = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                covariance[i][j] = i == j ? added : 0;
                for (int k = 0; k < rank; k++) {
                    covariance[i][j] += root[i][k] * root[j][k];
                }
            }
        }
        return covariance;
    }

    /** A model that only perceives. */
    static LinearGaussianModel perceiving(
            double[][] f, double[][] h, double[][] q, double[][] r, double[] mean, double[][] covariance) {
        return new LinearGaussianModel(
                "perceiving",
                Tensor.matrix(f),
                Tensor.matrix(h),
                Tensor.matrix(q),
                Tensor.matrix(r),
                Tensor.vector(mean),
                Tensor.matrix(covariance),
                new NoControl());
    }

    /** Observations of which every fifth element is missing, and every third action recorded. */
    static ObservationBlock observations(LinearGaussianModel model, int lanes, int steps, Random random) {
        ObservationBlock block = new ObservationBlock(lanes, steps, model.observationWidth(), model.actionWidth());
        for (int lane = 0; lane < lanes; lane++) {
            for (int t = 0; t < steps; t++) {
                for (int e = 0; e < model.observationWidth(); e++) {
                    if (random.nextInt(5) > 0) {
                        block.setObservation(t, e, lane, 3 * random.nextGaussian());
                    }
                }
                for (int k = 0; k < model.actionWidth(); k++) {
                    if (random.nextInt(3) == 0) {
                        block.setAction(t, k, lane, random.nextGaussian());
                    }
                }
            }
        }
        return block;
    }

    /** Observations of one lane: [step][element]. */
    static ObservationBlock observations(double[]... steps) {
        ObservationBlock block = new ObservationBlock(1, steps.length, steps[0].length, 0);
        for (int t = 0; t < steps.length; t++) {
            for (int e = 0; e < steps[t].length; e++) {
                block.setObservation(t, e, 0, steps[t][e]);
            }
        }
        return block;
    }

    /** All steps of all lanes, from the model's prior. */
    static ResultBlock run(InferenceKernel kernel, ObservationBlock observations) {
        AgentBlock block = kernel.block(observations.lanes(), 0);
        for (int lane = 0; lane < observations.lanes(); lane++) {
            block.start(lane, lane);
        }
        ResultBlock results = new ResultBlock(observations.lanes(), observations.steps(), kernel.layout());
        for (int t = 0; t < observations.steps(); t++) {
            block.step(observations.lanes(), observations, t, results);
        }
        return results;
    }

    /** The actions that drove a lane: [step][control]. */
    static double[][] actions(InferenceKernel kernel, ObservationBlock observations, ResultBlock results, int lane) {
        double[][] actions = new double[observations.steps()][kernel.actionWidth()];
        for (int t = 0; t < actions.length; t++) {
            for (int k = 0; k < kernel.actionWidth(); k++) {
                double recorded = observations.action(t, k, lane);
                int own = kernel.layout().offset(ResultLayout.ACTION) + k;
                actions[t][k] = Double.isNaN(recorded) ? results.get(t, own, lane) : recorded;
            }
        }
        return actions;
    }

    /** A lane's beliefs after the model's smoother: [step][value], mean before covariance. */
    static double[][] smooth(InferenceKernel kernel, ObservationBlock observations, ResultBlock results, int lane) {
        int width = kernel.layout().filterWidth();
        int steps = observations.steps();
        double[] filtered = new double[steps * width];
        double[] actions = new double[steps * kernel.actionWidth()];
        double[][] taken = actions(kernel, observations, results, lane);
        for (int t = 0; t < steps; t++) {
            System.arraycopy(values(kernel, results, t, lane), 0, filtered, t * width, width);
            System.arraycopy(taken[t], 0, actions, t * kernel.actionWidth(), kernel.actionWidth());
        }
        double[] smoothed = new double[steps * width];
        kernel.smoother().smooth(steps, filtered, actions, smoothed);
        double[][] beliefs = new double[steps][];
        for (int t = 0; t < steps; t++) {
            beliefs[t] = Arrays.copyOfRange(smoothed, t * width, (t + 1) * width);
        }
        return beliefs;
    }

    /** A lane's belief after a step: mean, covariance row by row. */
    static double[] values(InferenceKernel kernel, ResultBlock results, int step, int lane) {
        double[] values = new double[kernel.layout().filterWidth()];
        for (int i = 0; i < values.length; i++) {
            values[i] = results.get(step, kernel.layout().filterOffset() + i, lane);
        }
        return values;
    }

    static double value(InferenceKernel kernel, ResultBlock results, String column, int step, int lane) {
        return results.get(step, kernel.layout().offset(column), lane);
    }
}
