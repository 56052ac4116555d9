package io.murmuration.orchestration.matching;

import java.util.Arrays;

/**
 * Who holds the places of each agent, and for which bid. A place goes to the highest bid; the price of an agent is the lowest bid
 * that it holds, and 0 while it has places free.
 */
final class PlaceMarket {
    /** Nobody lost a place. */
    static final int NOBODY = -1;

    private final Profiles profiles;
    private final long[] price;
    private final int[] held;
    /** By agent, the lowest bid first: a heap. */
    private final long[][] bids;

    private final int[][] holders;

    PlaceMarket(Profiles profiles) {
        this.profiles = profiles;
        price = new long[profiles.size()];
        held = new int[profiles.size()];
        bids = new long[profiles.size()][];
        holders = new int[profiles.size()][];
    }

    /** What the next place costs. */
    long price(int agent) {
        return price[agent];
    }

    /** How many places are taken. */
    int held(int agent) {
        return held[agent];
    }

    /** The task that holds a place, of those that are taken. */
    int holder(int agent, int place) {
        return holders[agent][place];
    }

    boolean full(int agent) {
        return held[agent] == profiles.places(agent);
    }

    /** A task takes a place for a bid above the price; returns the task that lost it, or {@link #NOBODY}. */
    int take(int agent, int task, long bid) {
        int loser = NOBODY;
        if (full(agent)) {
            loser = holders[agent][0];
            sink(agent, bid, task);
        } else {
            rise(agent, bid, task);
        }
        if (full(agent)) {
            price[agent] = bids[agent][0];
        }
        return loser;
    }

    private void rise(int agent, long bid, int task) {
        int at = held[agent]++;
        makeRoom(agent, at);
        long[] keys = bids[agent];
        int[] heap = holders[agent];
        while (at > 0 && keys[(at - 1) / 2] > bid) {
            keys[at] = keys[(at - 1) / 2];
            heap[at] = heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        keys[at] = bid;
        heap[at] = task;
    }

    private void sink(int agent, long bid, int task) {
        long[] keys = bids[agent];
        int[] heap = holders[agent];
        int size = held[agent];
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            child += child + 1 < size && keys[child + 1] < keys[child] ? 1 : 0;
            if (keys[child] >= bid) {
                break;
            }
            keys[at] = keys[child];
            heap[at] = heap[child];
            at = child;
        }
        keys[at] = bid;
        heap[at] = task;
    }

    private void makeRoom(int agent, int at) {
        if (bids[agent] == null) {
            int most = Math.min(profiles.places(agent), 3);
            bids[agent] = new long[most];
            holders[agent] = new int[most];
        } else if (at == bids[agent].length) {
            int most = (int) Math.min(profiles.places(agent), 2L * at);
            bids[agent] = Arrays.copyOf(bids[agent], most);
            holders[agent] = Arrays.copyOf(holders[agent], most);
        }
    }
}
