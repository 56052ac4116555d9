package io.murmuration.orchestration.consensus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.orchestration.consensus.Consensus.Voice;
import io.murmuration.orchestration.consensus.Vote.Count;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Pools worked out by hand. */
class OpinionPoolTest {
    private static final double ROUNDING = 1e-15;
    private static final Opinion<Distribution> SURE = Opinion.of("a", Distribution.of(0.8, 0.2));
    private static final Opinion<Distribution> UNSURE = Opinion.of("b", Distribution.of(0.5, 0.5));

    @Test
    @DisplayName("The logarithmic pool of (0.8, 0.2) and (0.5, 0.5) is (2/3, 1/3)")
    void logarithmic() {
        Distribution pooled =
                OpinionPool.logarithmic().pool(List.of(SURE, UNSURE)).answer();
        assertDistribution(pooled, 2.0 / 3, 1.0 / 3);
    }

    @Test
    @DisplayName("The linear pool of the same is (0.65, 0.35), and says how far each is from there")
    void linear() {
        Consensus<Distribution> consensus = OpinionPool.linear().pool(List.of(SURE, UNSURE));
        assertDistribution(consensus.answer(), 0.65, 0.35);
        Voice voice = consensus.voices().get(0);
        assertEquals("a", voice.agent());
        assertEquals(0.5, voice.share());
        assertEquals(0.8 * Math.log(0.8 / 0.65) + 0.2 * Math.log(0.2 / 0.35), voice.apart(), ROUNDING);
        assertEquals(
                "a mixture by weight: a counts 0.500 and is 0.0542 apart, b counts 0.500 and is 0.0472 apart",
                consensus.why());
    }

    @Test
    @DisplayName("The posterior counts a prior in common once, and logarithms of the rest in full")
    void posterior() {
        Distribution prior = Distribution.of(0.2, 0.8);
        // Likelihoods (0.9, 0.3) and (0.6, 0.4): posteriors 0.18 : 0.24 and 0.12 : 0.32, all together 0.108 : 0.096.
        List<Opinion<Distribution>> opinions = List.of(
                Opinion.of("a", Distribution.of(3.0 / 7, 4.0 / 7)),
                Opinion.of("b", Distribution.of(3.0 / 11, 8.0 / 11)));
        assertDistribution(OpinionPool.posterior(prior).pool(opinions).answer(), 0.108 / 0.204, 0.096 / 0.204);
    }

    @Test
    @DisplayName("What one agent rules out is out in the logarithmic pool, and the notes say by whom")
    void veto() {
        List<Opinion<Distribution>> opinions = List.of(
                Opinion.of("a", Distribution.of(0.5, 0.25, 0.25)), Opinion.of("b", Distribution.of(0, 0.5, 0.5)));
        Consensus<Distribution> consensus = OpinionPool.logarithmic().pool(opinions);
        assertDistribution(consensus.answer(), 0, 0.5, 0.5);
        assertEquals(List.of("state 0 is ruled out by b"), consensus.notes());
        Consensus<Distribution> floored = OpinionPool.logarithmic(0.01).pool(opinions);
        assertTrue(floored.answer().probability(0) > 0.07);
        assertEquals(List.of("the belief of b is raised to the floor in 1 of 3 states"), floored.notes());
    }

    @Test
    @DisplayName("An agent of weight 0 has no veto")
    void weightlessVeto() {
        List<Opinion<Distribution>> opinions = List.of(SURE, new Opinion<>("b", Distribution.of(0, 1), 0));
        assertDistribution(OpinionPool.logarithmic().pool(opinions).answer(), 0.8, 0.2);
    }

    @Test
    @DisplayName("Two measurements of a number count by their precisions")
    void scalars() {
        Consensus<Gaussian> consensus = OpinionPool.precisionWeighted()
                .pool(List.of(
                        Opinion.of("a", Gaussian.ofPrecision(10, 1)), Opinion.of("b", Gaussian.ofPrecision(14, 3))));
        assertGaussian(consensus.answer(), 13, 0.25);
        assertEquals(0.25, consensus.voices().get(0).share(), ROUNDING);
        assertEquals(0.75, consensus.voices().get(1).share(), ROUNDING);
    }

    @Test
    @DisplayName("A product of Gaussians weighs directions apart: who knows one coordinate settles that one")
    void directions() {
        Gaussian first = Gaussian.of(new double[] {1, 0}, new double[][] {{1, 0}, {0, 100}});
        Gaussian second = Gaussian.of(new double[] {0, 1}, new double[][] {{100, 0}, {0, 1}});
        Consensus<Gaussian> consensus =
                OpinionPool.precisionWeighted().pool(List.of(Opinion.of("a", first), Opinion.of("b", second)));
        assertArrayEquals(
                new double[] {100.0 / 101, 100.0 / 101},
                consensus.answer().meanVector().toArray(),
                ROUNDING);
        assertEquals(100.0 / 101, consensus.answer().covariance().get(0), ROUNDING);
        assertEquals(0.5, consensus.voices().get(0).share(), ROUNDING);
    }

    @Test
    @DisplayName("Gaussians with a prior in common: it keeps its share, and agents have the rest")
    void gaussianPosterior() {
        // Prior N(0, 1), and a measurement of precision 1 each: of 4, and of 2.
        List<Opinion<Gaussian>> opinions =
                List.of(Opinion.of("a", Gaussian.ofPrecision(2, 2)), Opinion.of("b", Gaussian.ofPrecision(1, 2)));
        Consensus<Gaussian> consensus =
                OpinionPool.posterior(Gaussian.ofPrecision(0, 1)).pool(opinions);
        assertGaussian(consensus.answer(), 2, 1.0 / 3);
        assertEquals(1.0 / 3, consensus.voices().get(0).share(), ROUNDING);
        assertEquals(1.0 / 3, consensus.voices().get(1).share(), ROUNDING);
    }

    @Test
    @DisplayName(
            "Who says the same as the others makes covariance intersection no surer, and the product twice as sure")
    void same() {
        Gaussian belief = Gaussian.ofPrecision(3, 4);
        List<Opinion<Gaussian>> opinions = List.of(Opinion.of("a", belief), Opinion.of("b", belief));
        assertGaussian(OpinionPool.covarianceIntersection().pool(opinions).answer(), 3, 0.25);
        assertGaussian(OpinionPool.precisionWeighted().pool(opinions).answer(), 3, 0.125);
    }

    @Test
    @DisplayName("The linear pool of numbers without doubt has their mean, and their disagreement as doubt")
    void numbers() {
        List<Opinion<Gaussian>> opinions = List.of(
                Opinion.of("a", Gaussian.point(1)),
                Opinion.of("b", Gaussian.point(2)),
                Opinion.of("c", Gaussian.point(6)));
        assertGaussian(OpinionPool.gaussianLinear().pool(opinions).answer(), 3, 14.0 / 3);
    }

    @Test
    @DisplayName("The choice of the most agents wins, and what others chose is counted")
    void majority() {
        Consensus<Vote> consensus = OpinionPool.majority()
                .pool(List.of(Opinion.of("c", "left"), Opinion.of("a", "right"), Opinion.of("b", "left")));
        assertEquals(
                new Vote("left", List.of(new Count("left", 2, 2), new Count("right", 1, 1)), true), consensus.answer());
        assertEquals(new Voice("a", 1.0 / 3, 1), consensus.voices().get(0));
        assertEquals(new Voice("b", 1.0 / 3, 0), consensus.voices().get(1));
        assertEquals(List.of(), consensus.notes());
    }

    @Test
    @DisplayName("Weight goes before number, number before name, and the notes say what decided")
    void ties() {
        Consensus<Vote> byNumber = OpinionPool.majority()
                .pool(List.of(new Opinion<>("a", "left", 2), Opinion.of("b", "right"), Opinion.of("c", "right")));
        assertEquals("right", byNumber.answer().winner());
        assertFalse(byNumber.answer().absolute(), "half is not more than half");
        assertEquals(
                List.of("left has the same weight as right, which wins by its number of agents"), byNumber.notes());
        Consensus<Vote> byName =
                OpinionPool.majority().pool(List.of(Opinion.of("a", "right"), Opinion.of("b", "left")));
        assertEquals("left", byName.answer().winner());
        assertEquals(List.of("right has the same weight as left, which wins by its name"), byName.notes());
        assertEquals(
                "left",
                OpinionPool.majority()
                        .pool(List.of(
                                new Opinion<>("a", "left", 3), Opinion.of("b", "right"), Opinion.of("c", "right")))
                        .answer()
                        .winner());
    }

    @Test
    @DisplayName("The same weights in another order are a tie, though their rounded sums differ")
    void exactTie() {
        List<Opinion<String>> opinions = List.of(
                new Opinion<>("a", "x", 0.1),
                new Opinion<>("b", "x", 0.2),
                new Opinion<>("c", "x", 0.3),
                new Opinion<>("d", "y", 0.3),
                new Opinion<>("e", "y", 0.2),
                new Opinion<>("f", "y", 0.1));
        assertEquals(1, OpinionPool.majority().pool(opinions).notes().size());
    }

    @Test
    @DisplayName("Weights near the greatest number there is still have shares")
    void hugeWeights() {
        List<Opinion<Distribution>> opinions = List.of(
                new Opinion<>("a", SURE.answer(), Double.MAX_VALUE),
                new Opinion<>("b", UNSURE.answer(), Double.MAX_VALUE));
        assertDistribution(OpinionPool.linear().pool(opinions).answer(), 0.65, 0.35);
    }

    @Test
    @DisplayName("What cannot be pooled is refused with what is wrong and who it is")
    void refusals() {
        assertRefused("of 0 opinions none has a weight above 0", () -> OpinionPool.linear()
                .pool(List.of()));
        assertRefused("of 1 opinions none has a weight above 0", () -> OpinionPool.majority()
                .pool(List.of(new Opinion<>("a", "x", 0))));
        assertRefused("Agent a has two opinions", () -> OpinionPool.majority()
                .pool(List.of(Opinion.of("a", "x"), Opinion.of("a", "y"))));
        assertRefused("The opinion of a has weight NaN", () -> new Opinion<>("a", "x", Double.NaN));
        assertRefused("The opinion of a has weight -1.0", () -> new Opinion<>("a", "x", -1));
        assertRefused("weight Infinity", () -> new Opinion<>("a", "x", Double.POSITIVE_INFINITY));
        assertRefused("the agent is blank", () -> Opinion.of(" ", "x"));
        assertRefused("The belief of b has size 3, but that of a has 2", () -> OpinionPool.linear()
                .pool(List.of(SURE, Opinion.of("b", Distribution.of(0.5, 0.25, 0.25)))));
        assertRefused("no state", Distribution::of);
        assertRefused("a probability of NaN", () -> Distribution.of(0.5, Double.NaN));
        assertRefused("a probability of -0.5", () -> Distribution.of(1.5, -0.5));
        assertRefused("add up to 0.9", () -> Distribution.of(0.5, 0.4));
        assertRefused("add up to Infinity", () -> Distribution.of(Double.POSITIVE_INFINITY));
        assertRefused(
                "no state possible, expected one that none rules out: state 0 is ruled out by b; state 1 is ruled out by a",
                () -> OpinionPool.logarithmic()
                        .pool(List.of(Opinion.of("a", Distribution.of(1, 0)), Opinion.of("b", Distribution.of(0, 1)))));
        assertRefused(
                "The belief of a gives state 1 the probability 0.2, but the prior in common rules that state out",
                () -> OpinionPool.posterior(Distribution.of(1, 0)).pool(List.of(SURE)));
        assertRefused("The prior in common has size 3", () -> OpinionPool.posterior(Distribution.of(1, 0, 0))
                .pool(List.of(SURE)));
        assertRefused("floor of probabilities is NaN", () -> OpinionPool.logarithmic(Double.NaN));
    }

    @Test
    @DisplayName("What is no Gaussian is refused, and one without doubt in a product")
    void gaussianRefusals() {
        assertRefused("precision NaN", () -> Gaussian.ofPrecision(0, Double.NaN));
        assertRefused("precision 0.0", () -> Gaussian.ofPrecision(0, 0));
        assertRefused("not finite: [NaN]", () -> Gaussian.ofPrecision(Double.NaN, 1));
        assertRefused("the eigenvalue -1.0", () -> Gaussian.of(new double[1], new double[][] {{-1}}));
        assertRefused(
                "not symmetric: (0, 1) is 2.0", () -> Gaussian.of(new double[2], new double[][] {{3, 2}, {1, 3}}));
        assertRefused("a row of 1 numbers", () -> Gaussian.of(new double[2], new double[][] {{3}, {1, 3}}));
        assertRefused("a covariance of 2", () -> Gaussian.of(new double[2], new double[][] {{3, 2}}));
        assertRefused("a mean of 0 numbers", () -> Gaussian.of(new double[0], new double[0][]));
        assertRefused("The belief of a has a singular covariance", () -> OpinionPool.precisionWeighted()
                .pool(List.of(Opinion.of("a", Gaussian.point(1)))));
        assertRefused("The beliefs together are less sure than nothing", () -> OpinionPool.posterior(
                        Gaussian.ofPrecision(0, 4))
                .pool(List.of(
                        Opinion.of("a", Gaussian.ofPrecision(0, 1)), Opinion.of("b", Gaussian.ofPrecision(0, 1)))));
    }

    private static void assertRefused(String sentence, Supplier<?> what) {
        String message = assertThrows(IllegalArgumentException.class, what::get).getMessage();
        assertTrue(message.contains(sentence), message);
    }

    private static void assertDistribution(Distribution actual, double... expected) {
        assertArrayEquals(
                expected,
                actual.probabilities().stream().mapToDouble(Double::doubleValue).toArray(),
                ROUNDING);
    }

    private static void assertGaussian(Gaussian actual, double mean, double variance) {
        assertEquals(mean, actual.mean().get(0), 10 * ROUNDING);
        assertEquals(variance, actual.covariance().get(0), 10 * ROUNDING);
    }
}
