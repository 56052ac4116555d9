package io.murmuration.inference;

import io.murmuration.model.Policies;
import java.util.stream.IntStream;

/**
 * Policies in lexicographic order of their actions, so that a planner which walks through them computes every common
 * beginning once: the tree of policies without the tree.
 */
final class PolicyOrder {
    private final int[] order;
    /** How many first steps each policy in this order has in common with the one before. */
    private final int[] shared;

    PolicyOrder(Policies policies) {
        order = IntStream.range(0, policies.count())
                .boxed()
                .sorted((p, q) -> compare(policies, p, q))
                .mapToInt(Integer::intValue)
                .toArray();
        shared = new int[order.length];
        for (int i = 1; i < order.length; i++) {
            shared[i] = common(policies, order[i - 1], order[i]);
        }
    }

    private static int compare(Policies policies, int p, int q) {
        int step = common(policies, p, q);
        for (int f = 0; step < policies.length() && f < policies.factors(); f++) {
            int order = Integer.compare(policies.action(p, step, f), policies.action(q, step, f));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(p, q);
    }

    private static int common(Policies policies, int p, int q) {
        int step = 0;
        while (step < policies.length() && sameAction(policies, p, q, step)) {
            step++;
        }
        return step;
    }

    private static boolean sameAction(Policies policies, int p, int q, int step) {
        for (int f = 0; f < policies.factors(); f++) {
            if (policies.action(p, step, f) != policies.action(q, step, f)) {
                return false;
            }
        }
        return true;
    }

    int policy(int place) {
        return order[place];
    }

    int shared(int place) {
        return shared[place];
    }
}
