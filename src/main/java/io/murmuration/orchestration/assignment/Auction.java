package io.murmuration.orchestration.assignment;

import java.util.Arrays;

/**
 * An auction in which groups of tasks bid for places at groups of agents. A task's profit says what it bids anywhere: weight less
 * profit. An agent keeps the highest bids that it has places for; its price is the lowest that it keeps, or where it began while
 * places are free. A bid takes the lots that gain most, throwing out who holds them, and lowers the task's profit to what the
 * best lot that it left would have gained, less ε. (Bertsekas 1988, "The auction algorithm: a distributed relaxation method for
 * the assignment problem"; for lots, Bertsekas &amp; Castañon 1989, "The auction algorithm for the transportation problem", here
 * with one profit a group: groups are nodes of a network however large they are, and so is the ε that is small enough.)
 *
 * <p>Prices that are left over from an earlier auction are no harm only where every place gets sold. Therefore there is one more
 * agent, whose places are for tasks that nobody gets, and one more task, the leisure of agents, which takes as many places as
 * are too many: all weigh 0, and as many places are offered as wanted.
 *
 * <p>After {@link #run}, for every pair, weight − price − profit ≤ ε, and where they are matched it is at least 0. A bid needs
 * prices alone and an agent needs the bids that it gets alone, so that both can be divided among machines.
 */
final class Auction {
    /** The price where nothing is for sale. */
    private static final long NOT_FOR_SALE = Long.MAX_VALUE;
    /** Numbers beyond are refused: sums and differences of two below do not overflow. */
    private static final long LIMIT = 1L << 61;

    private final PairTable pairs;
    private final Objective objective;
    private final long scale;
    /** Places of agents, of nobody last; and tasks of groups, leisure last. */
    private final long[] places;

    private final long[] wanted;
    private final int nobody;
    private final int leisure;

    private final long[] floor;
    private final long[] price;
    /** The task whose lot is the one at the price, or −1 where the price is that of free places. */
    private final int[] cheapest;

    private final long[] profit;
    private final long[] without;
    private final int[] queue;
    private int first;
    private int waiting;
    private final Holdings holdings;
    private final Offers offers;
    private long bids;

    /** @param scale weights are multiplied by it, so that ε can be a fraction of them */
    Auction(PairTable pairs, Objective objective, long scale) {
        this.pairs = pairs;
        this.objective = objective;
        this.scale = scale;
        nobody = pairs.agents;
        leisure = pairs.tasks;
        places = new long[nobody + 1];
        wanted = new long[leisure + 1];
        Arrays.setAll(places, a -> a == nobody ? sum(pairs.demand) : pairs.capacity[a]);
        Arrays.setAll(wanted, t -> t == leisure ? sum(pairs.capacity) : pairs.demand[t]);
        floor = new long[nobody + 1];
        price = new long[nobody + 1];
        cheapest = new int[nobody + 1];
        profit = new long[leisure + 1];
        without = new long[leisure + 1];
        queue = new int[leisure + 1];
        holdings = new Holdings(nobody + 1, leisure + 1);
        offers = new Offers(nobody + 1);
    }

    private static long sum(int[] values) {
        return Arrays.stream(values).asLongStream().sum();
    }

    /**
     * Sells all places anew, beginning with the prices of the auction before.
     *
     * @param epsilon what a bid is above what would be enough; at least 1
     * @throws ArithmeticException if prices leave the range of numbers
     */
    void run(long epsilon) {
        holdings.clear();
        Arrays.fill(cheapest, -1);
        System.arraycopy(price, 0, floor, 0, price.length);
        for (int task = 0; task <= leisure; task++) {
            lose(task, wanted[task]);
        }
        while (waiting > 0) {
            int task = queue[first];
            first = (first + 1) % queue.length;
            waiting--;
            bid(task, epsilon);
        }
    }

    private void lose(int task, long count) {
        if (without[task] == 0 && count > 0) {
            queue[(first + waiting++) % queue.length] = task;
        }
        without[task] += count;
    }

    private void bid(int task, long epsilon) {
        bids++;
        gather(task);
        long rest = without[task];
        without[task] = 0;
        long level;
        while (true) {
            int agent = offers.agent();
            long weight = offers.weight();
            long gain = offers.gain();
            rest -= take(agent, task, weight, rest);
            long next = gain(weight, priceFor(agent, task));
            if (rest == 0) {
                level = Math.max(next, offers.secondGain());
                // Nothing is left that is not the task's own already: the last lot is as good as the next.
                level = level == Offers.NOTHING ? gain : level;
                break;
            }
            offers.replaceBest(next);
        }
        profit[task] = level - epsilon;
        if (profit[task] < -LIMIT) {
            throw new ArithmeticException("prices of an auction are beyond " + LIMIT);
        }
        // The task's bids for what it held before have risen, too.
        for (int i = 0; i < holdings.heldBy(task); i++) {
            updatePrice(holdings.agentHeldBy(task, i));
        }
    }

    private void gather(int task) {
        offers.clear();
        if (task == leisure) {
            for (int agent = 0; agent < nobody; agent++) {
                offer(agent, task, 0);
            }
        } else {
            for (int pair = pairs.start[task]; pair < pairs.start[task + 1]; pair++) {
                offer(pairs.agent[pair], task, scale * objective.weight(pairs.score[pair]));
            }
        }
        offer(nobody, task, 0);
    }

    private void offer(int agent, int task, long weight) {
        long asked = cheapest[agent] == task ? priceFor(agent, task) : price[agent];
        if (asked != NOT_FOR_SALE && places[agent] > 0) {
            offers.add(agent, weight, weight - asked);
        }
    }

    private static long gain(long weight, long price) {
        return price == NOT_FOR_SALE ? Offers.NOTHING : weight - price;
    }

    /** The price of the cheapest lot that is not the task's own. */
    private long priceFor(int agent, int task) {
        if (holdings.used(agent) < places[agent]) {
            return floor[agent];
        }
        int lot = lowestLot(agent, task);
        return lot < 0 ? NOT_FOR_SALE : bidFor(agent, lot);
    }

    private long bidFor(int agent, int lot) {
        return holdings.weight(agent, lot) - profit[holdings.holder(agent, lot)];
    }

    /** The lot of the lowest bid that is not the task's own, or −1. */
    private int lowestLot(int agent, int task) {
        int lowest = -1;
        long lowestBid = NOT_FOR_SALE;
        for (int lot = 0; lot < holdings.lots(agent); lot++) {
            long bid = bidFor(agent, lot);
            if (bid < lowestBid && holdings.holder(agent, lot) != task) {
                lowest = lot;
                lowestBid = bid;
            }
        }
        return lowest;
    }

    /** Takes places of the cheapest lot, not more than are wanted; returns how many. */
    private long take(int agent, int task, long weight, long most) {
        long count = Math.min(most, places[agent] - holdings.used(agent));
        if (count == 0) {
            int lot = lowestLot(agent, task);
            count = Math.min(most, holdings.units(agent, lot));
            lose(holdings.holder(agent, lot), count);
            holdings.remove(agent, lot, count);
        }
        holdings.add(agent, task, weight, count);
        return count;
    }

    private void updatePrice(int agent) {
        if (holdings.used(agent) == places[agent]) {
            int lot = lowestLot(agent, -1);
            cheapest[agent] = holdings.holder(agent, lot);
            price[agent] = bidFor(agent, lot);
        }
    }

    /** Prices of agents, of nobody last, in the scale of weights; not to be changed. */
    long[] prices() {
        return price;
    }

    /** Profits of tasks, of leisure last, in the scale of weights; not to be changed. */
    long[] profits() {
        return profit;
    }

    /** Who holds what. */
    Holdings holdings() {
        return holdings;
    }

    /** Bids in all auctions so far. */
    long bids() {
        return bids;
    }
}
