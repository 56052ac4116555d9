package io.murmuration.scaling.policy.active;

import io.murmuration.model.DiscreteModel;
import io.murmuration.model.DiscreteModel.ActionSelection;
import io.murmuration.model.DiscreteModel.Counts;
import io.murmuration.model.DiscreteModel.Factor;
import io.murmuration.model.DiscreteModel.FixedPoint;
import io.murmuration.model.DiscreteModel.Labels;
import io.murmuration.model.DiscreteModel.Modality;
import io.murmuration.model.DiscreteModel.NoInductive;
import io.murmuration.model.DiscreteModel.SamplingMode;
import io.murmuration.model.Policies;
import io.murmuration.model.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The generative model of a service under load. A step of it is a horizon: the intervals from a change of the load until
 * instances that are asked for when it is seen have arrived.
 *
 * <ul>
 *   <li>States: <i>level</i> of the work, in instances that it keeps busy; <i>trend</i>, the work over what it was a
 *       horizon ago; <i>capacity</i>, instances asked for a horizon ago over the work of then; <i>base</i>, the level of then.
 *   <li>Outcomes: the level and the trend as they are seen; the <i>delay</i>, over its target or not; the <i>cost</i>, in
 *       instances, foreseen and never observed.
 *   <li>Actions: the capacity to have.
 * </ul>
 *
 * The next level depends on the level, the next trend on trend and level; both are learned from Dirichlet counts that start
 * with a change now and then, the larger the rarer. The next capacity is the action, the next base is the level.
 */
final class LoadModel {
    static final int LEVEL = 0;
    static final int TREND = 1;
    static final int CAPACITY = 2;
    static final int BASE = 3;

    static final int LEVEL_SEEN = 0;
    static final int TREND_SEEN = 1;
    static final int DELAY_SEEN = 2;

    /** The least work that is told from none, in instances. */
    static final double LEAST_WORK = 0.5;

    private static final double STEP = 1.25;
    /** 0.64 to 11.6: what shrinks faster is no other case, what grows faster cannot be prepared for. */
    private static final LogGrid TRENDS = LogGrid.aroundOne(STEP, -2, 11);

    private static final LogGrid CAPACITIES = LogGrid.aroundOne(STEP, 0, 10);
    private static final double FIRST_LEVEL = 0.7;
    private static final double LEVEL_STEP = 2.2;
    /** Few classes do, since a cost between two is shared between them. */
    private static final double COST_STEP = 8;

    /** What the prior is worth, in observations. */
    private static final double PRIOR_COUNT = 20;
    /** Prior probability that the class changes within a horizon. */
    private static final double CHANGE = 0.2;
    /** How much less probable the prior holds a change that is one class larger. */
    private static final double RARER = 0.5;
    /** Probability that the delay is on the other side of its target than the model has it. */
    private static final double UNFORESEEN = 0.01;

    /** Level, base and capacity are known after one, and with them what the delay says of the trend after two. */
    private static final int ITERATIONS = 2;

    private final LogGrid levels;
    private final LogGrid costs;

    /** @param maxInstances most instances that there may be */
    LoadModel(int maxInstances) {
        int most = Math.max(1, maxInstances);
        levels = LogGrid.upTo(FIRST_LEVEL, LEVEL_STEP, most);
        costs = LogGrid.upTo(FIRST_LEVEL, COST_STEP, COST_STEP * most);
    }

    LogGrid levels() {
        return levels;
    }

    LogGrid trends() {
        return TRENDS;
    }

    LogGrid capacities() {
        return CAPACITIES;
    }

    /**
     * The model as the engine takes it.
     *
     * @param horizon intervals from a change until instances asked for after it are there, at least 1
     * @param tolerance what the delay target is in intervals
     * @param weight instances that would be paid for to keep the delay within its target
     */
    DiscreteModel build(int horizon, double tolerance, double weight, Variant variant) {
        List<Tensor> counts = List.of(
                levelCounts(),
                trendCounts(),
                certain(new int[] {CAPACITIES.size(), CAPACITIES.size()}),
                certain(new int[] {levels.size(), levels.size(), 1}));
        Policies policies = Policies.every(1, 1, 1, CAPACITIES.size(), 1);
        return new DiscreteModel(
                variant.name(),
                List.of(identity(levels.size()), identity(TRENDS.size()), delay(horizon, tolerance), cost()),
                counts.stream().map(Tensor::normalised).toList(),
                List.of(
                        Tensor.matrix(new double[1][levels.size()]),
                        Tensor.matrix(new double[1][TRENDS.size()]),
                        Tensor.matrix(new double[][] {{0, -weight}}),
                        Tensor.matrix(new double[][] {
                            IntStream.range(0, costs.size())
                                    .mapToDouble(i -> -costs.centre(i))
                                    .toArray()
                        })),
                List.of(
                        uniform(levels.size()),
                        uniform(TRENDS.size()),
                        uniform(CAPACITIES.size()),
                        uniform(levels.size())),
                uniform(policies.count()),
                List.of(List.of(LEVEL), List.of(TREND), List.of(TREND, CAPACITY), List.of(BASE, CAPACITY)),
                List.of(List.of(LEVEL), List.of(TREND, LEVEL), List.of(), List.of(LEVEL)),
                policies,
                1,
                1,
                new FixedPoint(ITERATIONS),
                variant.terms(),
                new Counts(List.of(), counts, List.of()),
                variant.learning(),
                new NoInductive(),
                ActionSelection.DETERMINISTIC,
                SamplingMode.MARGINAL,
                labels());
    }

    /** Counts {@code [next level][level][1]}. */
    private Tensor levelCounts() {
        double[][][] counts = new double[levels.size()][levels.size()][1];
        for (int level = 0; level < levels.size(); level++) {
            double[] column = changes(levels.size(), level);
            for (int next = 0; next < column.length; next++) {
                counts[next][level][0] = column[next];
            }
        }
        return tensor(new int[] {levels.size(), levels.size(), 1}, counts);
    }

    /** Counts {@code [next trend][trend][level][1]}: whatever the trend was, no change is expected most. */
    private Tensor trendCounts() {
        double[] column = changes(TRENDS.size(), TRENDS.index(1));
        double[][][] counts = new double[TRENDS.size()][TRENDS.size()][levels.size()];
        for (int next = 0; next < column.length; next++) {
            for (double[] row : counts[next]) {
                Arrays.fill(row, column[next]);
            }
        }
        return tensor(new int[] {TRENDS.size(), TRENDS.size(), levels.size(), 1}, counts);
    }

    /** Prior counts of classes around the one that is expected. */
    private static double[] changes(int size, int expected) {
        double[] weights = IntStream.range(0, size)
                .mapToDouble(i -> i == expected ? 0 : StrictMath.pow(RARER, Math.abs(i - expected)))
                .toArray();
        double total = Arrays.stream(weights).sum();
        return IntStream.range(0, size)
                .mapToDouble(i -> PRIOR_COUNT * (i == expected ? 1 - CHANGE : CHANGE * weights[i] / total))
                .toArray();
    }

    /** Counts of a state that follows from its cause, class by class: the action, or the state of another factor. */
    private static Tensor certain(int[] shape) {
        double[] counts = new double[shape[0] * shape[1]];
        for (int i = 0; i < shape[0]; i++) {
            counts[i * shape[1] + i] = PRIOR_COUNT;
        }
        return Tensor.of(shape, counts);
    }

    /** The probability {@code [within, over][trend][capacity]} that the delay is over its target. */
    private static Tensor delay(int horizon, double tolerance) {
        double[][][] likelihood = new double[2][TRENDS.size()][CAPACITIES.size()];
        for (int trend = 0; trend < TRENDS.size(); trend++) {
            for (int capacity = 0; capacity < CAPACITIES.size(); capacity++) {
                double share = violated(TRENDS.centre(trend) / CAPACITIES.centre(capacity), horizon, tolerance);
                likelihood[1][trend][capacity] = Math.max(UNFORESEEN, Math.min(1 - UNFORESEEN, share));
                likelihood[0][trend][capacity] = 1 - likelihood[1][trend][capacity];
            }
        }
        return tensor(new int[] {2, TRENDS.size(), CAPACITIES.size()}, likelihood);
    }

    /**
     * The share of a horizon's intervals whose queue takes longer than the target, if work of so many times the capacity
     * begins with it: the queue grows by {@code excess − 1} capacities an interval.
     */
    static double violated(double excess, int horizon, double tolerance) {
        long over = IntStream.rangeClosed(1, horizon)
                .filter(interval -> interval * (excess - 1) > tolerance)
                .count();
        return (double) over / horizon;
    }

    /** The probability {@code [cost][base][capacity]}, shared between two costs so that its mean is base times capacity. */
    private Tensor cost() {
        double[][][] likelihood = new double[costs.size()][levels.size()][CAPACITIES.size()];
        for (int level = 0; level < levels.size(); level++) {
            for (int capacity = 0; capacity < CAPACITIES.size(); capacity++) {
                double instances = levels.centre(level) * CAPACITIES.centre(capacity);
                int below = 0;
                while (below < costs.size() - 2 && costs.centre(below + 1) <= instances) {
                    below++;
                }
                double part = (instances - costs.centre(below)) / (costs.centre(below + 1) - costs.centre(below));
                double share = Math.max(0, Math.min(1, part));
                likelihood[below][level][capacity] = 1 - share;
                likelihood[below + 1][level][capacity] = share;
            }
        }
        return tensor(new int[] {costs.size(), levels.size(), CAPACITIES.size()}, likelihood);
    }

    private static Tensor tensor(int[] shape, double[][][] values) {
        return Tensor.of(
                shape,
                Arrays.stream(values)
                        .flatMap(Arrays::stream)
                        .flatMapToDouble(Arrays::stream)
                        .toArray());
    }

    private static Tensor identity(int size) {
        double[][] rows = new double[size][size];
        for (int i = 0; i < size; i++) {
            rows[i][i] = 1;
        }
        return Tensor.matrix(rows);
    }

    private static Tensor uniform(int size) {
        double[] values = new double[size];
        Arrays.fill(values, 1.0 / size);
        return Tensor.vector(values);
    }

    private Labels labels() {
        List<String> level = names(levels);
        List<String> trend = names(TRENDS);
        List<String> capacity = names(CAPACITIES);
        return new Labels(
                List.of(
                        new Factor("level", level, List.of("-")),
                        new Factor("trend", trend, List.of("-")),
                        new Factor("capacity", capacity, capacity),
                        new Factor("base", level, List.of("-"))),
                List.of(
                        new Modality("level", level),
                        new Modality("trend", trend),
                        new Modality("delay", List.of("within", "over")),
                        new Modality("cost", names(costs))));
    }

    /** The centres of the classes in two decimals. */
    static List<String> names(LogGrid grid) {
        return IntStream.range(0, grid.size())
                .mapToObj(i -> String.format(Locale.ROOT, "%.2f", grid.centre(i)))
                .toList();
    }
}
