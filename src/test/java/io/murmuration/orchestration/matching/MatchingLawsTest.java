package io.murmuration.orchestration.matching;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.orchestration.assignment.AssignmentProblem;
import io.murmuration.orchestration.assignment.Certificate;
import io.murmuration.orchestration.assignment.OptimalAssignment;
import io.murmuration.orchestration.assignment.OptimalAssignment.Optimum;
import io.murmuration.orchestration.assignment.ProfileProblem;
import io.murmuration.orchestration.assignment.Shortage;
import io.murmuration.orchestration.matching.Markets.Shape;
import io.murmuration.orchestration.matching.Matching.Found;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds of agents and tasks of whatever profiles. */
class MatchingLawsTest {
    private static final int PATIENT = Integer.MAX_VALUE;

    @Provide
    Arbitrary<Shape> shapes() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 300),
                        Arbitraries.integers().between(0, 60),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.of(2, 4, 1000),
                        Arbitraries.of(0.0, 0.1, 0.4, 0.9))
                .as(Shape::new);
    }

    @Provide
    Arbitrary<Integer> patience() {
        return Arbitraries.of(1, 20, PATIENT);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    @Label("Pairs in arrays have the scores that requirements give them")
    void scores(@ForAll("shapes") Shape shape, @ForAll long seed) {
        ProfileProblem plain = Markets.random(shape, seed);
        CompiledProblem compiled = Markets.compile(plain);
        assertEquals(plain.agents(), compiled.agents());
        for (int task = 0; task < plain.tasks(); task++) {
            assertEquals(plain.demand(task), compiled.demand(task));
            for (int agent = 0; agent < plain.agents(); agent++) {
                assertEquals(plain.score(agent, task), compiled.score(agent, task));
                assertEquals(plain.capacity(agent), compiled.capacity(agent));
            }
        }
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    @Label("An index finds the agents that gain most, whatever prices, and says what all others gain at most")
    void index(@ForAll("shapes") Shape shape, @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int most) {
        CompiledProblem problem = Markets.compile(Markets.random(shape, seed));
        ProfileIndex index = new ProfileIndex(problem.profiles(), problem.demands());
        ProfileIndex.Prices prices = index.prices();
        Random random = new Random(seed);
        long[] price = new long[problem.agents()];
        for (int i = 0; i < 2 * problem.agents(); i++) {
            int agent = random.nextInt(problem.agents());
            if (problem.capacity(agent) > 0) {
                price[agent] = random.nextInt(shape.levels() * 1000);
                prices.set(agent, price[agent]);
            }
        }
        ProfileIndex.Search search = index.search();
        for (int task = 0; task < problem.tasks(); task++) {
            int of = task;
            Candidates found = search.find(task, most, prices);
            long[] gains = IntStream.range(0, problem.agents())
                    .filter(agent -> problem.capacity(agent) > 0)
                    .filter(agent -> problem.score(agent, of) != AssignmentProblem.FORBIDDEN)
                    .mapToLong(agent -> problem.score(agent, of) - price[agent])
                    .sorted()
                    .toArray();
            assertEquals(Math.min(most, gains.length), found.agents().length);
            assertEquals(
                    found.agents().length,
                    IntStream.of(found.agents()).distinct().count());
            for (int i = 0; i < found.agents().length; i++) {
                int agent = found.agents()[i];
                assertEquals(problem.score(agent, task), found.scores()[i]);
                assertEquals(gains[gains.length - 1 - i], found.scores()[i] - price[agent]);
            }
            assertTrue(
                    found.others() == Long.MIN_VALUE
                            ? found.agents().length == gains.length
                            : gains.length <= most || gains[gains.length - 1 - most] <= found.others());
            assertArrayEquals(
                    found.agents(),
                    search.find(task, most, index.prices(prices.told())).agents());
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    @Label("A matching has as many tasks as an optimal one, scores within ε a task, and prices that prove so")
    void nearTheOptimum(
            @ForAll("shapes") Shape shape,
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 20) int length,
            @ForAll @IntRange(min = 1, max = 20_000) int least,
            @ForAll("patience") int patience) {
        CompiledProblem problem = Markets.compile(Markets.random(shape, seed));
        Found found = Markets.match(problem, new Effort(length, least, patience));
        long epsilon = patience == PATIENT ? least : least << Effort.DOUBLINGS;
        Optimum optimum = OptimalAssignment.of(problem);
        assertFalse(
                optimum.certificate().check(problem, found.assignment()) instanceof Certificate.Refuted,
                "the assignment can be had");
        long matched = optimum.assignment().matched();
        assertEquals(matched, found.assignment().matched());
        long best = optimum.assignment().score(problem);
        long score = found.assignment().score(problem);
        assertTrue(score >= best - matched * epsilon, () -> score + " of " + best);
        long bound = found.bound(problem);
        assertTrue(best <= bound && bound <= score + matched * epsilon, () -> best + " of " + bound);
        for (int task = 0; task < problem.tasks(); task++) {
            int of = task;
            problem.forEachAllowed(
                    task, (agent, value) -> assertTrue(found.certificate().underpaid(agent, of, value) <= 0));
        }
        long left =
                IntStream.range(0, problem.tasks()).mapToLong(problem::demand).sum() - matched;
        assertEquals(left, found.shortage().map(Shortage::unmatched).orElse(0L));
        assertEquals(Optional.empty(), found.shortage().flatMap(shortage -> shortage.fault(problem)));
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    @Label("The same matching comes again")
    void determinism(@ForAll("shapes") Shape shape, @ForAll long seed) {
        CompiledProblem problem = Markets.compile(Markets.random(shape, seed));
        Found first = Markets.match(problem, new Effort(4, 500, 256));
        Found second = Markets.match(problem, new Effort(4, 500, 256));
        assertEquals(first.assignment(), second.assignment());
        assertEquals(first.bids(), second.bids());
    }
}
