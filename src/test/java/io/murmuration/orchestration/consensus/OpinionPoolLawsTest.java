package io.murmuration.orchestration.consensus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/** What holds of pools of whatever opinions. */
class OpinionPoolLawsTest {
    private static final double TOLERANCE = 1e-10;

    @Property(tries = 300)
    @Label("The order of opinions does not matter, to the last bit")
    void permutation(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int agents) {
        Random random = new Random(seed);
        List<Opinion<Distribution>> beliefs = distributions(random, agents, 4);
        List<Opinion<Gaussian>> gaussians = gaussians(random, agents, 3);
        List<Opinion<String>> choices = beliefs.stream()
                .map(opinion -> new Opinion<>(opinion.agent(), "c" + random.nextInt(3), opinion.weight()))
                .toList();
        unmoved(OpinionPool.linear(), beliefs, random);
        unmoved(OpinionPool.logarithmic(), beliefs, random);
        unmoved(OpinionPool.posterior(distribution(random, 4)), beliefs, random);
        unmoved(OpinionPool.gaussianLinear(), gaussians, random);
        unmoved(OpinionPool.precisionWeighted(), gaussians, random);
        unmoved(OpinionPool.covarianceIntersection(), gaussians, random);
        unmoved(OpinionPool.majority(), choices, random);
    }

    private static <A, B> void unmoved(OpinionPool<A, B> pool, List<Opinion<A>> opinions, Random random) {
        List<Opinion<A>> shuffled = new ArrayList<>(opinions);
        Collections.shuffle(shuffled, random);
        assertEquals(pool.pool(opinions), pool.pool(shuffled));
    }

    @Property(tries = 300)
    @Label("The logarithmic pool is externally Bayesian: to learn and then pool is to pool and then learn")
    void externallyBayesian(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int agents) {
        Random random = new Random(seed);
        List<Opinion<Distribution>> opinions = distributions(random, agents, 4);
        double[] likelihood = random.doubles(4, 0.01, 1).toArray();
        List<Opinion<Distribution>> learnt = opinions.stream()
                .map(opinion -> new Opinion<>(opinion.agent(), learn(opinion.answer(), likelihood), opinion.weight()))
                .toList();
        assertAlike(
                learn(OpinionPool.logarithmic().pool(opinions).answer(), likelihood),
                OpinionPool.logarithmic().pool(learnt).answer());
    }

    @Property(tries = 300)
    @Label("The posterior is that of one agent who has learnt everything")
    void posterior(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int agents) {
        Random random = new Random(seed);
        Distribution prior = distribution(random, 5);
        Distribution all = prior;
        List<Opinion<Distribution>> opinions = new ArrayList<>();
        for (int i = 0; i < agents; i++) {
            double[] likelihood = random.doubles(5, 0.01, 1).toArray();
            opinions.add(Opinion.of("agent" + i, learn(prior, likelihood)));
            all = learn(all, likelihood);
        }
        assertAlike(all, OpinionPool.posterior(prior).pool(opinions).answer());
    }

    @Property(tries = 300)
    @Label("The linear pool has the least weighted divergence from opinions, the logarithmic pool to them")
    void leastDivergence(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int agents) {
        Random random = new Random(seed);
        List<Opinion<Distribution>> opinions = distributions(random, agents, 3);
        Distribution linear = OpinionPool.linear().pool(opinions).answer();
        Distribution logarithmic = OpinionPool.logarithmic().pool(opinions).answer();
        for (int i = 0; i < 20; i++) {
            double step = Math.pow(10, -random.nextInt(5));
            assertLeast(opinions, linear, mixed(linear, random, step), Distribution::divergence);
            assertLeast(opinions, logarithmic, mixed(logarithmic, random, step), (p, q) -> q.divergence(p));
        }
    }

    private static Distribution mixed(Distribution belief, Random random, double step) {
        Distribution other = distribution(random, belief.size());
        return Distribution.normalised(IntStream.range(0, belief.size())
                .mapToDouble(s -> (1 - step) * belief.probability(s) + step * other.probability(s))
                .toArray());
    }

    private static <B> void assertLeast(
            List<Opinion<B>> opinions, B best, B other, BiFunction<B, B, Double> divergence) {
        double least = sum(opinions, best, divergence);
        assertTrue(least <= sum(opinions, other, divergence) + 1e-12 * (1 + least));
    }

    private static <B> double sum(List<Opinion<B>> opinions, B to, BiFunction<B, B, Double> divergence) {
        return opinions.stream()
                .mapToDouble(opinion -> opinion.weight() * divergence.apply(opinion.answer(), to))
                .sum();
    }

    @Property(tries = 200)
    @Label(
            "The linear pool of Gaussians has the least weighted divergence from opinions, covariance intersection to them")
    void leastDivergenceOfGaussians(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int agents) {
        Random random = new Random(seed);
        List<Opinion<Gaussian>> opinions = gaussians(random, agents, 2);
        Gaussian linear = OpinionPool.gaussianLinear().pool(opinions).answer();
        Gaussian product = OpinionPool.covarianceIntersection().pool(opinions).answer();
        for (int i = 0; i < 10; i++) {
            double step = Math.pow(10, -random.nextInt(4));
            assertLeast(opinions, linear, moved(linear, random, step), Gaussian::divergence);
            assertLeast(opinions, product, moved(product, random, step), (p, q) -> q.divergence(p));
        }
    }

    private static Gaussian moved(Gaussian belief, Random random, double step) {
        Gaussian other = gaussian(random, belief.size());
        return Gaussian.of(
                belief.meanVector().mapMultiply(1 - step).add(other.meanVector().mapMultiply(step)),
                belief.covarianceMatrix()
                        .scalarMultiply(1 - step)
                        .add(other.covarianceMatrix().scalarMultiply(step)));
    }

    @Property(tries = 300)
    @Label("The precision-weighted pool is Bayes' rule: its density is in proportion to the product of densities")
    void product(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int agents) {
        Random random = new Random(seed);
        List<Opinion<Gaussian>> opinions = gaussians(random, agents, 3);
        Gaussian pooled = OpinionPool.precisionWeighted().pool(opinions).answer();
        double[] apart = IntStream.range(0, 5)
                .mapToDouble(i -> {
                    RealVector x = MatrixUtils.createRealVector(
                            random.doubles(3, -1, 1).toArray());
                    double product = opinions.stream()
                            .mapToDouble(opinion -> opinion.weight() * logDensity(opinion.answer(), x))
                            .sum();
                    return product - logDensity(pooled, x);
                })
                .toArray();
        double scale = 1 + Arrays.stream(apart).map(Math::abs).max().orElse(0);
        Arrays.stream(apart).forEach(constant -> assertEquals(apart[0], constant, 1e-8 * scale));
    }

    /** But for a constant. */
    private static double logDensity(Gaussian belief, RealVector x) {
        RealVector apart = x.subtract(belief.meanVector());
        return -apart.dotProduct(MatrixUtils.inverse(belief.covarianceMatrix()).operate(apart)) / 2;
    }

    @Property(tries = 300)
    @Label("With a prior in common, Gaussians come to the posterior of who measured everything")
    void gaussianPosterior(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int agents) {
        Random random = new Random(seed);
        Gaussian prior = gaussian(random, 2);
        List<Opinion<Gaussian>> measured = gaussians(random, agents, 2).stream()
                .map(opinion -> Opinion.of(opinion.agent(), opinion.answer()))
                .toList();
        List<Opinion<Gaussian>> opinions = measured.stream()
                .map(opinion -> Opinion.of(opinion.agent(), both(prior, opinion.answer())))
                .toList();
        Gaussian all = prior;
        for (Opinion<Gaussian> opinion : measured) {
            all = both(all, opinion.answer());
        }
        Consensus<Gaussian> consensus = OpinionPool.posterior(prior).pool(opinions);
        assertAlike(all.mean(), consensus.answer().mean());
        assertAlike(all.covariance(), consensus.answer().covariance());
        double shares =
                consensus.voices().stream().mapToDouble(Consensus.Voice::share).sum();
        double priorShare = all.covarianceMatrix()
                        .multiply(MatrixUtils.inverse(prior.covarianceMatrix()))
                        .getTrace()
                / 2;
        assertEquals(1 - priorShare, shares, 1e-8);
    }

    /** Kalman's form of Bayes' rule: what is measured is the state itself. */
    private static Gaussian both(Gaussian prior, Gaussian measured) {
        RealMatrix gain = prior.covarianceMatrix()
                .multiply(MatrixUtils.inverse(prior.covarianceMatrix().add(measured.covarianceMatrix())));
        RealVector mean =
                prior.meanVector().add(gain.operate(measured.meanVector().subtract(prior.meanVector())));
        return Gaussian.of(mean, prior.covarianceMatrix().subtract(gain.multiply(prior.covarianceMatrix())));
    }

    @Property(tries = 100)
    @Label("Those who all say the same come to what they say, by every pool of shares")
    void unanimity(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int agents) {
        Random random = new Random(seed);
        Distribution belief = distribution(random, 4);
        Gaussian gaussian = gaussian(random, 3);
        List<Opinion<Distribution>> beliefs = distributions(random, agents, 4).stream()
                .map(opinion -> new Opinion<>(opinion.agent(), belief, opinion.weight()))
                .toList();
        List<Opinion<Gaussian>> gaussians = beliefs.stream()
                .map(opinion -> new Opinion<>(opinion.agent(), gaussian, opinion.weight()))
                .toList();
        assertAlike(belief, OpinionPool.linear().pool(beliefs).answer());
        assertAlike(belief, OpinionPool.logarithmic().pool(beliefs).answer());
        assertAlike(
                gaussian.covariance(),
                OpinionPool.gaussianLinear().pool(gaussians).answer().covariance());
        assertAlike(
                gaussian.covariance(),
                OpinionPool.covarianceIntersection().pool(gaussians).answer().covariance());
    }

    private static Distribution learn(Distribution belief, double[] likelihood) {
        return Distribution.normalised(IntStream.range(0, likelihood.length)
                .mapToDouble(s -> belief.probability(s) * likelihood[s])
                .toArray());
    }

    private static List<Opinion<Distribution>> distributions(Random random, int agents, int states) {
        return IntStream.range(0, agents)
                .mapToObj(i -> new Opinion<>("agent" + i, distribution(random, states), 0.1 + random.nextDouble()))
                .collect(Collectors.toList());
    }

    private static List<Opinion<Gaussian>> gaussians(Random random, int agents, int size) {
        return IntStream.range(0, agents)
                .mapToObj(i -> new Opinion<>("agent" + i, gaussian(random, size), 0.1 + random.nextDouble()))
                .collect(Collectors.toList());
    }

    private static Distribution distribution(Random random, int states) {
        return Distribution.normalised(random.doubles(states, 0.001, 1).toArray());
    }

    private static Gaussian gaussian(Random random, int size) {
        RealMatrix root = MatrixUtils.createRealMatrix(size, size);
        for (int i = 0; i < size * size; i++) {
            root.setEntry(i / size, i % size, random.nextGaussian());
        }
        RealMatrix covariance = root.multiply(root.transpose())
                .add(MatrixUtils.createRealIdentityMatrix(size).scalarMultiply(0.1));
        return Gaussian.of(
                MatrixUtils.createRealVector(random.doubles(size, -2, 2).toArray()), covariance);
    }

    private static void assertAlike(Distribution expected, Distribution actual) {
        assertAlike(expected.probabilities(), actual.probabilities());
    }

    private static void assertAlike(List<Double> expected, List<Double> actual) {
        assertArrayEquals(
                expected.stream().mapToDouble(Double::doubleValue).toArray(),
                actual.stream().mapToDouble(Double::doubleValue).toArray(),
                TOLERANCE);
    }
}
