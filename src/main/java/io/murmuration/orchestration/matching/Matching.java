package io.murmuration.orchestration.matching;

import io.murmuration.orchestration.assignment.Assignment;
import io.murmuration.orchestration.assignment.Assignment.Match;
import io.murmuration.orchestration.assignment.AssignmentProblem;
import io.murmuration.orchestration.assignment.Certificate;
import io.murmuration.orchestration.assignment.Shortage;
import io.murmuration.orchestration.matching.ProfileIndex.Prices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Sells the places of agents to tasks, one by one: a task bids for a place of the agent by which it gains most, as much more
 * than the price as the second best agent is worth less, and ε; whoever held the place bids again, maybe elsewhere (Bertsekas
 * &amp; Castañon 1992, "A forward/reverse auction algorithm for asymmetric assignment problems", the forward part from prices of
 * 0). In the end no task gains more by any other agent than by its own, but for ε, and agents with places free cost nothing, so
 * that the scores are within ε a task of the highest that there are.
 *
 * <p>A task looks at a shortlist. As prices rise only, agents that are not on it gain no more than when it was made
 * ({@link Candidates#others}): as long as the best on the list is worth that much, a bid is as good as one that looked at
 * all agents; otherwise the list is made anew, many at once, wherever a {@link ShortlistSource} makes them.
 *
 * <p>A task that would lose more than a bonus by any agent stays out. When only such tasks are left, either they are too many for
 * those who may have them ({@link ShortageSearch}), whatever the scores: then they are as few as can be. Or the bonus was not
 * enough, is doubled, and they bid again. So the bonus is as small as it can be, and with it the way of prices, where one that is
 * surely enough would grow with the number of groups.
 */
public final class Matching {
    /** Agents of the longest shortlists. */
    private static final int MOST = 64;

    private final ProfileIndex index;
    private final CompiledProblem problem;
    private final ShortlistSource source;
    private final Effort effort;

    private final PlaceMarket market;
    private final Prices prices;
    private final Candidates[] lists;
    /** Of the next list of each task: where prices rise so far that lists are made again, longer ones are. */
    private final int[] lengths;

    private final int[] without;
    private final long[] bidsOf;
    private final TaskQueue queue;
    private final TaskQueue unlisted;
    private final TaskQueue out;
    /** Agents whose prices have changed since the last shortlists. */
    private final BitSet changed = new BitSet();

    private long bonus = AssignmentProblem.ONE;
    private long bids;
    private int rounds;
    private long listed;

    private Matching(ProfileIndex index, ShortlistSource source, Effort effort) {
        this.index = index;
        this.source = source;
        this.effort = effort;
        problem = index.problem();
        market = new PlaceMarket(problem.profiles());
        prices = index.prices();
        lists = new Candidates[problem.tasks()];
        lengths = new int[problem.tasks()];
        Arrays.fill(lengths, effort.shortlist());
        bidsOf = new long[problem.tasks()];
        without = new int[problem.tasks()];
        queue = new TaskQueue(problem.tasks());
        unlisted = new TaskQueue(problem.tasks());
        out = new TaskQueue(problem.tasks());
    }

    /**
     * What was found.
     *
     * @param assignment as many tasks matched as can be, and scores within ε a task of the highest that there are
     * @param certificate what proves so; its bonus is not enough to prove how many can be matched
     * @param shortage proves it instead; empty if all tasks are matched
     * @param bids how many it took
     * @param rounds how often shortlists were made
     * @param listed how many were made
     */
    public record Found(
            Assignment assignment,
            Certificate certificate,
            Optional<Shortage> shortage,
            long bids,
            int rounds,
            long listed) {
        /** No assignment that matches as many tasks has a higher sum of scores; in millionths. */
        public long bound(AssignmentProblem problem) {
            return certificate.bound(problem) - certificate.bonus() * assignment.matched();
        }
    }

    /** Finds an assignment. */
    public static Found of(ProfileIndex index, ShortlistSource source, Effort effort) {
        return new Matching(index, source, effort).run();
    }

    private Found run() {
        for (int task = 0; task < without.length; task++) {
            without[task] = problem.demand(task);
            if (without[task] > 0) {
                unlisted.add(task);
            }
        }
        Optional<Shortage> shortage = Optional.empty();
        while (true) {
            sell();
            if (out.isEmpty()) {
                break;
            }
            shortage = ShortageSearch.of(index, market, without);
            if (shortage.isPresent()) {
                break;
            }
            bonus *= 2;
            out.moveTo(queue);
        }
        return new Found(assignment(), certificate(), shortage, bids, rounds, listed);
    }

    private void sell() {
        while (!queue.isEmpty() || !unlisted.isEmpty()) {
            if (queue.isEmpty()) {
                list();
            }
            bid(queue.remove());
        }
    }

    private void list() {
        changed.stream().forEach(agent -> prices.set(agent, market.price(agent)));
        changed.clear();
        int[] tasks = unlisted.toArray();
        List<Candidates> found = source.find(
                tasks, Arrays.stream(tasks).map(task -> lengths[task]).toArray(), prices);
        for (int i = 0; i < tasks.length; i++) {
            lists[tasks[i]] = found.get(i);
            lengths[tasks[i]] = Math.min(2 * lengths[tasks[i]], MOST);
        }
        rounds++;
        listed += tasks.length;
        unlisted.moveTo(queue);
    }

    /** One task of a group bids. */
    private void bid(int task) {
        Candidates list = lists[task];
        int best = -1;
        long gain = Long.MIN_VALUE;
        long second = Math.max(list.others(), -bonus);
        for (int i = 0; i < list.agents().length; i++) {
            long value = list.scores()[i] - market.price(list.agents()[i]);
            if (value > gain) {
                second = Math.max(second, gain);
                gain = value;
                best = i;
            } else {
                second = Math.max(second, value);
            }
        }
        if (gain < list.others()) {
            unlisted.add(task);
        } else if (gain < -bonus) {
            out.add(task);
        } else {
            bids++;
            long epsilon = effort.epsilon(bidsOf[task]++ / problem.demand(task));
            take(list.agents()[best], task, gain - second + epsilon);
        }
    }

    private void take(int agent, int task, long more) {
        int loser = market.take(agent, task, market.price(agent) + more);
        changed.set(agent);
        if (--without[task] > 0) {
            queue.add(task);
        }
        if (loser != PlaceMarket.NOBODY && without[loser]++ == 0) {
            queue.add(loser);
        }
    }

    private Assignment assignment() {
        List<Match> matches = new ArrayList<>();
        for (int agent = 0; agent < problem.agents(); agent++) {
            TreeMap<Integer, Integer> counts = new TreeMap<>();
            for (int place = 0; place < market.held(agent); place++) {
                counts.merge(market.holder(agent, place), 1, Integer::sum);
            }
            int of = agent;
            counts.forEach((task, count) -> matches.add(new Match(of, task, count)));
        }
        return new Assignment(matches);
    }

    /** Prices as they are, and for each task the most that it could gain by any agent at these: they hold for all pairs. */
    private Certificate certificate() {
        changed.stream().forEach(agent -> prices.set(agent, market.price(agent)));
        int[] tasks = IntStream.range(0, problem.tasks()).toArray();
        List<Candidates> best =
                source.find(tasks, Arrays.stream(tasks).map(task -> 1).toArray(), prices);
        long[] agents = new long[problem.agents()];
        // Nothing is paid for agents without places, whatever their price: what is high enough for all pairs proves no
        // less.
        Arrays.setAll(
                agents, agent -> problem.capacity(agent) == 0 ? bonus + AssignmentProblem.ONE : market.price(agent));
        long[] profits = new long[tasks.length];
        Arrays.setAll(profits, task -> Math.max(0, bonus + gain(best.get(task))));
        return new Certificate(bonus, agents, profits);
    }

    private long gain(Candidates best) {
        return best.agents().length == 0 ? -bonus : best.scores()[0] - market.price(best.agents()[0]);
    }
}
