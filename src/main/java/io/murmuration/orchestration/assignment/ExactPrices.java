package io.murmuration.orchestration.assignment;

import java.util.Arrays;

/**
 * Makes exact prices of those of an auction, which are right to ε = 1 in weights that were multiplied by a scale K.
 *
 * <p>With u = −profit, the auction leaves K · weight + u ≤ price + 1 for each pair, and price ≤ K · weight + u where it is matched.
 * Rounded down to multiples of K, the second holds on: weights are integers. So does the first, with nothing added, unless the
 * price is one below a multiple. All prices and u may be shifted alike, and as there are fewer of them than K, some shift leaves
 * none of them there.
 */
final class ExactPrices {
    private ExactPrices() {}

    /** Prices and profits of agents and tasks, without those of nobody and leisure, at whom all is measured: they are 0. */
    static Certificate of(Auction auction, PairTable pairs, Objective objective, long scale) {
        int shift = shift(auction.prices(), Math.toIntExact(scale));
        long nobody = Math.floorDiv(auction.prices()[pairs.agents] + shift, scale);
        long[] prices = new long[pairs.agents];
        long[] profits = new long[pairs.tasks];
        // Agents without capacity cost nothing at any price, and tasks of which there are none bring no profit: what is
        // high enough
        // for all pairs proves no less.
        Arrays.setAll(
                prices,
                a -> pairs.capacity[a] == 0
                        ? objective.heaviest()
                        : Math.floorDiv(auction.prices()[a] + shift, scale) - nobody);
        Arrays.setAll(
                profits,
                t -> pairs.demand[t] == 0
                        ? objective.heaviest()
                        : nobody - Math.floorDiv(shift - auction.profits()[t], scale));
        return new Certificate(objective.bonus(), prices, profits);
    }

    /** Where no pair can be matched, all that could have a price costs nothing. */
    static Certificate withoutPairs(PairTable pairs, Objective objective) {
        long[] prices = new long[pairs.agents];
        long[] profits = new long[pairs.tasks];
        Arrays.setAll(prices, a -> pairs.capacity[a] == 0 ? objective.heaviest() : 0);
        Arrays.setAll(profits, t -> pairs.demand[t] == 0 ? objective.heaviest() : 0);
        return new Certificate(objective.bonus(), prices, profits);
    }

    private static int shift(long[] prices, int scale) {
        boolean[] taken = new boolean[scale];
        for (long price : prices) {
            taken[(int) Math.floorMod(-1 - price, (long) scale)] = true;
        }
        int shift = 0;
        while (taken[shift]) {
            shift++;
        }
        return shift;
    }
}
