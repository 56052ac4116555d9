package io.murmuration.orchestration.assignment;

import java.util.Arrays;

/**
 * A few pairs of one task, out of all that are allowed: those that a solver looks at.
 *
 * @param agents in ascending order
 * @param scores of the pairs, in millionths
 */
public record Shortlist(int[] agents, int[] scores) {
    /** Of a task before any prices were told. */
    public static final Shortlist EMPTY = new Shortlist(new int[0], new int[0]);

    /**
     * Adds the pairs that refute a certificate most, of equal ones those of lower agents; and where there are fewer than may be
     * added, but any, those that come nearest to it, since the next prices will be a little different. It depends on this task's
     * pairs and on prices alone.
     *
     * @param certificate one that holds for the pairs of this list
     * @param most how many are added at most, at least 1
     * @return this one if no pair of the task refutes the certificate
     */
    public Shortlist grow(AssignmentProblem problem, int task, Certificate certificate, int most) {
        Heaviest heaviest = new Heaviest(most);
        problem.forEachAllowed(task, (agent, score) -> {
            long underpaid = certificate.underpaid(agent, task, score);
            if (heaviest.wants(underpaid) && Arrays.binarySearch(agents, agent) < 0) {
                heaviest.add(agent, score, underpaid);
            }
        });
        if (heaviest.size == 0 || heaviest.underpaid[0] <= 0) {
            return this;
        }
        // Agent and score in one number, to be sorted by agent.
        long[] pairs = new long[agents.length + heaviest.size];
        for (int i = 0; i < agents.length; i++) {
            pairs[i] = pair(agents[i], scores[i]);
        }
        for (int i = 0; i < heaviest.size; i++) {
            pairs[agents.length + i] = pair(heaviest.agents[i], heaviest.scores[i]);
        }
        Arrays.sort(pairs);
        return new Shortlist(
                Arrays.stream(pairs)
                        .mapToInt(pair -> (int) (pair >> Integer.SIZE))
                        .toArray(),
                Arrays.stream(pairs).mapToInt(pair -> (int) pair).toArray());
    }

    private static long pair(int agent, int score) {
        return (long) agent << Integer.SIZE | score;
    }

    /** The pairs that are most underpaid, the most first. */
    private static final class Heaviest {
        final int[] agents;
        final int[] scores;
        final long[] underpaid;
        int size;

        Heaviest(int most) {
            agents = new int[most];
            scores = new int[most];
            underpaid = new long[most];
        }

        boolean wants(long by) {
            return size < underpaid.length || by > underpaid[size - 1];
        }

        void add(int agent, int score, long by) {
            int at = size < underpaid.length ? size++ : size - 1;
            for (; at > 0 && underpaid[at - 1] < by; at--) {
                agents[at] = agents[at - 1];
                scores[at] = scores[at - 1];
                underpaid[at] = underpaid[at - 1];
            }
            agents[at] = agent;
            scores[at] = score;
            underpaid[at] = by;
        }
    }
}
