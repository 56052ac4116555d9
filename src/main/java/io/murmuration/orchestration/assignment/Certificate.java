package io.murmuration.orchestration.assignment;

import io.murmuration.orchestration.assignment.Assignment.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Prices that prove how much an assignment can be worth at most. A matched task weighs its score and the bonus; whoever lets
 * agents charge their price for each task, and tasks keep their profit, pays for every pair at least its weight, so that
 * no assignment weighs more than all prices times capacities and all profits times demands (duality of linear programmes; the
 * prices are its dual solution). An assignment that weighs as much is therefore optimal, and how far any other is from
 * optimal is not more than what it weighs less. To check this takes no solver.
 *
 * @param bonus added to the score of each match, in millionths; so large that no scores make up for a match
 * @param prices of the agents, for each task that they take, in millionths; at least 0
 * @param profits of the tasks, each, in millionths; at least 0
 */
public record Certificate(long bonus, long[] prices, long[] profits) {
    /** One that proves nothing unless all pairs are forbidden: all prices and profits are 0. */
    public static Certificate withoutPrices(AssignmentProblem problem) {
        return new Certificate(Objective.of(problem).bonus(), new long[problem.agents()], new long[problem.tasks()]);
    }

    /** What a certificate says of an assignment. */
    public sealed interface Verdict {
        /** In one sentence. */
        String sentence();
    }

    /** No assignment matches more tasks, and none that matches as many has a higher sum of scores. */
    public record Optimal(String sentence) implements Verdict {}

    /**
     * An assignment that may be had, but is not proven optimal.
     *
     * @param gap what an optimal one weighs more, at most: where it matches as many tasks, a sum of scores in millionths; for each
     *     task more that may be matched, there is a bonus in it
     */
    public record Within(long gap, String sentence) implements Verdict {}

    /** The assignment cannot be had, or the prices prove nothing. */
    public record Refuted(String sentence) implements Verdict {}

    /**
     * Checks prices and assignment by nothing but the problem.
     *
     * @throws ArithmeticException if prices are so large that their sum overflows
     */
    public Verdict check(AssignmentProblem problem, Assignment assignment) {
        Optional<String> fault = faultOfPrices(problem).or(() -> Feasibility.fault(problem, assignment));
        if (fault.isPresent()) {
            return new Refuted(fault.get());
        }
        long gap = Math.subtractExact(bound(problem), new Objective(bonus).weight(problem, assignment));
        return gap == 0
                ? new Optimal("the assignment weighs what the prices prove to be the most")
                : new Within(gap, slack(problem, assignment));
    }

    /** What an assignment weighs at most: the sum of scores, and a bonus for each task that is matched. */
    public long bound(AssignmentProblem problem) {
        long bound = 0;
        for (int agent = 0; agent < prices.length; agent++) {
            bound = Math.addExact(bound, Math.multiplyExact(prices[agent], problem.capacity(agent)));
        }
        for (int task = 0; task < profits.length; task++) {
            bound = Math.addExact(bound, Math.multiplyExact(profits[task], problem.demand(task)));
        }
        return bound;
    }

    private Optional<String> faultOfPrices(AssignmentProblem problem) {
        if (prices.length != problem.agents() || profits.length != problem.tasks()) {
            return Optional.of("there are prices of " + prices.length + " agents and profits of " + profits.length
                    + " tasks, expected " + problem.agents() + " and " + problem.tasks());
        }
        long enough = Objective.of(problem).bonus();
        if (bonus < enough) {
            return Optional.of("the bonus of a match is " + bonus + ", expected at least " + enough);
        }
        for (int agent = 0; agent < prices.length; agent++) {
            if (prices[agent] < 0) {
                return Optional.of("the price of agent " + agent + " is " + prices[agent] + ", expected at least 0");
            }
        }
        for (int task = 0; task < profits.length; task++) {
            if (profits[task] < 0) {
                return Optional.of("the profit of task " + task + " is " + profits[task] + ", expected at least 0");
            }
            Optional<String> underpaid = underpaid(problem, task);
            if (underpaid.isPresent()) {
                return underpaid;
            }
        }
        return Optional.empty();
    }

    private Optional<String> underpaid(AssignmentProblem problem, int task) {
        List<String> found = new ArrayList<>();
        problem.forEachAllowed(task, (agent, score) -> {
            if (found.isEmpty() && underpaid(agent, task, score) > 0) {
                found.add("agent " + agent + " and task " + task + " weigh " + (bonus + score)
                        + ", more than price and profit, " + prices[agent] + " and " + profits[task]);
            }
        });
        return found.stream().findFirst();
    }

    /**
     * By how much a pair weighs more than its price and profit: a certificate is one only where this is above 0 for no pair that is
     * allowed. Pairs can be asked for one by one, wherever they are.
     *
     * @throws ArithmeticException if prices are so large that their sum overflows
     */
    public long underpaid(int agent, int task, int score) {
        return bonus + score - Math.addExact(prices[agent], profits[task]);
    }

    /** Where complementary slackness fails: the first thing that is paid for and is not there. */
    private String slack(AssignmentProblem problem, Assignment assignment) {
        for (Match match : assignment.matches()) {
            long weight = bonus + problem.score(match.agent(), match.task());
            long paid = prices[match.agent()] + profits[match.task()];
            if (paid > weight) {
                return "agent " + match.agent() + " and task " + match.task() + " are matched and weigh " + weight
                        + ", less than price and profit, " + paid;
            }
        }
        long[] used = assignment.perAgent(problem.agents());
        for (int agent = 0; agent < used.length; agent++) {
            if (prices[agent] > 0 && used[agent] < problem.capacity(agent)) {
                return "agent " + agent + " has a price, " + prices[agent] + ", and takes " + used[agent] + " tasks of "
                        + problem.capacity(agent);
            }
        }
        long[] matched = assignment.perTask(problem.tasks());
        for (int task = 0; task < matched.length; task++) {
            if (profits[task] > 0 && matched[task] < problem.demand(task)) {
                return "task " + task + " has a profit, " + profits[task] + ", and " + matched[task] + " of "
                        + problem.demand(task) + " are matched";
            }
        }
        throw new IllegalStateException("an assignment weighs less than a bound that it fulfils in every term");
    }
}
