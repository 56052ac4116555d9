package io.murmuration.orchestration.assignment;

import java.util.Arrays;

/** Who holds what in an auction: the lots of each agent, a lot being some of its places that tasks of one group hold. */
final class Holdings {
    private final int[][] holder;
    private final long[][] units;
    private final long[][] weight;
    private final int[] lots;
    private final long[] used;
    /** By task: the agents of whom it holds a lot, in no order. */
    private final int[][] held;

    private final int[] heldCount;

    Holdings(int agents, int tasks) {
        holder = new int[agents][2];
        units = new long[agents][2];
        weight = new long[agents][2];
        lots = new int[agents];
        used = new long[agents];
        held = new int[tasks][1];
        heldCount = new int[tasks];
    }

    void clear() {
        Arrays.fill(lots, 0);
        Arrays.fill(used, 0);
        Arrays.fill(heldCount, 0);
    }

    /** Lots of an agent. */
    int lots(int agent) {
        return lots[agent];
    }

    /** The task that holds a lot of an agent. */
    int holder(int agent, int lot) {
        return holder[agent][lot];
    }

    /** The places in a lot of an agent. */
    long units(int agent, int lot) {
        return units[agent][lot];
    }

    /** What the match of a lot's agent and task is worth, as the task told when it took the lot. */
    long weight(int agent, int lot) {
        return weight[agent][lot];
    }

    /** Places of an agent that are taken. */
    long used(int agent) {
        return used[agent];
    }

    /** Of how many agents a task holds a lot. */
    int heldBy(int task) {
        return heldCount[task];
    }

    /** One of the agents of whom a task holds a lot. */
    int agentHeldBy(int task, int index) {
        return held[task][index];
    }

    /** A task takes free places of an agent. */
    void add(int agent, int task, long matchWeight, long count) {
        used[agent] += count;
        for (int lot = 0; lot < lots[agent]; lot++) {
            if (holder[agent][lot] == task) {
                units[agent][lot] += count;
                return;
            }
        }
        int lot = lots[agent]++;
        if (lot == holder[agent].length) {
            holder[agent] = Arrays.copyOf(holder[agent], 2 * lot);
            units[agent] = Arrays.copyOf(units[agent], 2 * lot);
            weight[agent] = Arrays.copyOf(weight[agent], 2 * lot);
        }
        holder[agent][lot] = task;
        units[agent][lot] = count;
        weight[agent][lot] = matchWeight;
        if (heldCount[task] == held[task].length) {
            held[task] = Arrays.copyOf(held[task], 2 * held[task].length);
        }
        held[task][heldCount[task]++] = agent;
    }

    /** Frees places of a lot. */
    void remove(int agent, int lot, long count) {
        used[agent] -= count;
        units[agent][lot] -= count;
        if (units[agent][lot] == 0) {
            forget(holder[agent][lot], agent);
            int last = --lots[agent];
            holder[agent][lot] = holder[agent][last];
            units[agent][lot] = units[agent][last];
            weight[agent][lot] = weight[agent][last];
        }
    }

    private void forget(int task, int agent) {
        int[] agents = held[task];
        int at = 0;
        while (agents[at] != agent) {
            at++;
        }
        agents[at] = agents[--heldCount[task]];
    }
}
