package io.murmuration.orchestration.assignment;

import io.murmuration.orchestration.assignment.Assignment.Match;
import java.util.ArrayList;
import java.util.List;

/**
 * The best assignment that there is, with the prices that prove it: as many tasks matched as can be, and among such assignments
 * the highest sum of scores.
 *
 * <p>Found by auctions with ε-scaling (Bertsekas 1992, "Auction algorithms for network flow problems: a tutorial introduction"):
 * the first is coarse, so that prices come near quickly, and each begins with the prices of the one before and an ε of an eighth.
 * Weights are integers times a scale above the number of groups, so that at the last ε, 1, nothing better is left between two
 * integers. Two places of equal bids are sold in one order: same problem, same assignment; another order of groups may yield
 * another one, equally good.
 *
 * <p>Why no library: what knows capacities and gives duals, JGraphT's {@code CapacityScalingMinimumCostFlow}, takes no costs
 * of 10⁹ or above, which the bonus of a match is from 1,000 groups on, keeps several objects an arc, of which there are millions
 * here, and cannot be divided among machines, as an auction can. Tests compare with it where it goes.
 */
public final class OptimalAssignment {
    /** By how much ε falls from one auction to the next; between 4 and 10 is the literature's advice. */
    private static final int STEP = 8;
    /** The largest weight, scaled. Prices get larger than weights; this leaves them room. */
    private static final long LARGEST = 1L << 58;

    private OptimalAssignment() {}

    /**
     * What was found.
     *
     * @param assignment the best there is
     * @param certificate the proof
     * @param bids how many it took, in all auctions; each looks at every pair of one task
     */
    public record Optimum(Assignment assignment, Certificate certificate, long bids) {}

    /**
     * Takes memory of eight bytes an allowed pair, and time that grows with pairs and groups rather than with the numbers in
     * groups.
     *
     * @throws IllegalArgumentException if a capacity, a demand or a score of the problem is out of its range, or the problem has
     *     too many groups for numbers of 64 bits, as is to be expected above 200,000 groups a side
     */
    public static Optimum of(AssignmentProblem problem) {
        PairTable pairs = new PairTable(problem);
        Objective objective = Objective.of(problem);
        if (pairs.pairs() == 0) {
            return new Optimum(new Assignment(List.of()), ExactPrices.withoutPairs(pairs, objective), 0);
        }
        // Above the number of groups, nobody and leisure: what ExactPrices needs.
        long scale = pairs.agents + pairs.tasks + 3L;
        if (objective.heaviest() > LARGEST / scale) {
            throw tooLarge(problem, null);
        }
        Auction auction = new Auction(pairs, objective, scale);
        try {
            for (long epsilon = scale * objective.heaviest() / STEP; epsilon > 1; epsilon /= STEP) {
                auction.run(epsilon);
            }
            auction.run(1);
        } catch (ArithmeticException e) {
            throw tooLarge(problem, e);
        }
        return new Optimum(
                matches(auction.holdings(), pairs), ExactPrices.of(auction, pairs, objective, scale), auction.bids());
    }

    private static IllegalArgumentException tooLarge(AssignmentProblem problem, ArithmeticException cause) {
        return new IllegalArgumentException(
                "an assignment of " + problem.tasks() + " groups of tasks to " + problem.agents()
                        + " groups of agents needs larger numbers than 64 bits hold, expected fewer groups",
                cause);
    }

    private static Assignment matches(Holdings holdings, PairTable pairs) {
        List<Match> matches = new ArrayList<>();
        for (int agent = 0; agent < pairs.agents; agent++) {
            for (int lot = 0; lot < holdings.lots(agent); lot++) {
                if (holdings.holder(agent, lot) < pairs.tasks) {
                    // Not more than the agent's capacity, which is an int.
                    matches.add(new Match(agent, holdings.holder(agent, lot), (int) holdings.units(agent, lot)));
                }
            }
        }
        return new Assignment(matches);
    }
}
