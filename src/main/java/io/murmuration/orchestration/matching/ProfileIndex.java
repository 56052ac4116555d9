package io.murmuration.orchestration.matching;

import io.murmuration.orchestration.assignment.AssignmentProblem;
import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * A tree over groups of agents that finds those by which a task gains most: score less price. Each node knows the largest
 * numbers, the categories and the lowest price of the groups below it, which no group there can be better than, so that most of
 * them need no look (branch and bound; Land &amp; Doig 1960). Groups are divided by the capability in which they differ most,
 * categories first, down to {@value #LEAF} or fewer.
 */
public final class ProfileIndex implements Serializable {
    private static final long serialVersionUID = 1L;
    /** Groups of a leaf; not more than a long has bits. */
    private static final int LEAF = 64;

    private final Profiles profiles;
    private final Demands demands;
    /** Groups in the order of leaves; columns of capabilities are in this order, too. */
    private final int[] group;

    private final int[] position;
    private final double[][] numbers;
    private final int[][] categories;

    /** A node is of the positions from[node] to before to[node], and has no children where left[node] is 0. */
    private int[] from = new int[64];

    private int[] to = new int[64];
    private int[] left = new int[64];
    private int[] right = new int[64];
    private int[] parent = new int[64];
    private int nodes;
    private final double[][] largest;
    /** Bits of categories modulo 64: what is not among them is not there. */
    private final long[][] present;

    private final int[] leafOf;

    /** Of all agents that have places. */
    public ProfileIndex(Profiles profiles, Demands demands) {
        this.profiles = profiles;
        this.demands = demands;
        Builder builder = new Builder();
        group = builder.order();
        position = new int[profiles.size()];
        Arrays.fill(position, -1);
        for (int p = 0; p < group.length; p++) {
            position[group[p]] = p;
        }
        numbers = new double[profiles.numbers.length][group.length];
        categories = new int[profiles.categories.length][group.length];
        for (int c = 0; c < numbers.length; c++) {
            int capability = c;
            Arrays.setAll(numbers[c], p -> profiles.numbers[capability][group[p]]);
        }
        for (int c = 0; c < categories.length; c++) {
            int capability = c;
            Arrays.setAll(categories[c], p -> profiles.categories[capability][group[p]]);
        }
        largest = new double[numbers.length][nodes];
        present = new long[categories.length][nodes];
        leafOf = new int[group.length];
        bound();
    }

    private void bound() {
        for (int node = nodes - 1; node >= 0; node--) {
            for (int c = 0; c < numbers.length; c++) {
                double most = Profiles.NO_NUMBER;
                for (int p = from[node]; p < to[node]; p++) {
                    most = Math.max(most, numbers[c][p]);
                }
                largest[c][node] = most;
            }
            for (int c = 0; c < categories.length; c++) {
                long bits = 0;
                for (int p = from[node]; p < to[node]; p++) {
                    bits |= categories[c][p] == Profiles.NO_CATEGORY ? 0 : 1L << categories[c][p];
                }
                present[c][node] = bits;
            }
            if (left[node] == 0) {
                Arrays.fill(leafOf, from[node], to[node], node);
            }
        }
    }

    /** The problem that this is an index of. */
    public CompiledProblem problem() {
        return new CompiledProblem(profiles, demands);
    }

    /** Prices of 0. */
    public Prices prices() {
        return new Prices(new long[group.length]);
    }

    /** Prices as they were told, maybe elsewhere, by {@link Prices#told}. */
    public Prices prices(long[] told) {
        return new Prices(told.clone());
    }

    /** Looks for agents; of use to one thread. */
    public Search search() {
        return new Search();
    }

    /** What places cost: a price a group, in millionths, and the lowest of each node. */
    public final class Prices {
        private final long[] price;
        private final long[] lowest = new long[nodes];

        private Prices(long[] price) {
            this.price = price;
            for (int node = nodes - 1; node >= 0; node--) {
                lowest[node] = lowestOf(node);
            }
        }

        /** Changes a price. */
        public void set(int agent, long to) {
            int p = position[agent];
            price[p] = to;
            for (int node = leafOf[p]; ; node = parent[node]) {
                long low = lowestOf(node);
                if (low == lowest[node]) {
                    return;
                }
                lowest[node] = low;
                if (node == 0) {
                    return;
                }
            }
        }

        private long lowestOf(int node) {
            if (left[node] != 0) {
                return Math.min(lowest[left[node]], lowest[right[node]]);
            }
            long low = Long.MAX_VALUE;
            for (int p = from[node]; p < ProfileIndex.this.to[node]; p++) {
                low = Math.min(low, price[p]);
            }
            return low;
        }

        /** All of them, to be told elsewhere. */
        public long[] told() {
            return price.clone();
        }
    }

    /** A search with room for what it looks at. */
    public final class Search {
        /** What no node and no agent is worth. */
        private static final long NEVER = Long.MIN_VALUE;
        /** Bits by which nodes of equal bounds are put in an order of the task's own, so that tasks spread over equal agents. */
        private static final int TIE_BITS = 16;

        private final double[] sums = new double[LEAF];
        private final NodeHeap open = new NodeHeap();
        private Best best;
        private long allowed;

        /**
         * The agents by which a task gains most, those of equal gain in an order of the task's own.
         *
         * @param most how many, at least 1
         */
        public Candidates find(int task, int most, Prices prices) {
            best = new Best(most);
            open.clear();
            if (nodes > 0) {
                open(0, task, prices);
            }
            while (!open.isEmpty() && best.wants(open.key() >> TIE_BITS)) {
                int node = open.remove();
                if (left[node] == 0) {
                    scan(node, task, prices);
                } else {
                    open(left[node], task, prices);
                    open(right[node], task, prices);
                }
            }
            return best.candidates();
        }

        private void open(int node, int task, Prices prices) {
            int score = bound(node, task);
            if (score != AssignmentProblem.FORBIDDEN) {
                long gain = score - prices.lowest[node];
                if (best.wants(gain)) {
                    open.add(gain << TIE_BITS | tie(node, task), node);
                }
            }
        }

        private static int tie(int node, int task) {
            int mixed = (node * 0x9E3779B9) ^ (task * 0x85EBCA6B);
            mixed = (mixed ^ mixed >>> 15) * 0x2C1B3C6D;
            return mixed >>> (Integer.SIZE - TIE_BITS);
        }

        private void scan(int leaf, int task, Prices prices) {
            score(leaf, task);
            int first = from[leaf];
            int count = to[leaf] - first;
            int turn = tie(leaf, task) % count;
            for (int i = 0; i < count; i++) {
                int at = i + turn < count ? i + turn : i + turn - count;
                if ((allowed >>> at & 1) != 0) {
                    int score = demands.score(task, sums[at]);
                    long gain = score - prices.price[first + at];
                    if (best.wants(gain)) {
                        best.add(group[first + at], score, gain);
                    }
                }
            }
        }

        /** Sums of what the groups of a leaf meet of a task, and which of them are allowed. */
        private void score(int leaf, int task) {
            int first = from[leaf];
            int count = to[leaf] - first;
            allowed = -1L >>> (Long.SIZE - count);
            Arrays.fill(sums, 0, count, 0);
            for (int r = demands.start[task]; r < demands.start[task + 1]; r++) {
                int capability = demands.capability[r];
                long met = capability < numbers.length
                        ? addNumbers(numbers[capability], first, count, demands.atLeast[r])
                        : addCategories(categories[capability - numbers.length], first, count, demands.category[r]);
                if (demands.required[r]) {
                    allowed &= met;
                }
            }
        }

        private long addNumbers(double[] column, int first, int count, double enough) {
            long met = 0;
            for (int i = 0; i < count; i++) {
                double number = column[first + i];
                sums[i] += Demands.met(number, enough);
                met |= number >= enough ? 1L << i : 0;
            }
            return met;
        }

        private long addCategories(int[] column, int first, int count, int wanted) {
            long met = 0;
            for (int i = 0; i < count; i++) {
                if (CompiledProblem.is(column[first + i], wanted) == 1) {
                    sums[i] += 1;
                    met |= 1L << i;
                }
            }
            return met;
        }

        /** No group below a node has a higher score: each term, and with it their rounded sum, is as high at least. */
        private int bound(int node, int task) {
            double sum = 0;
            for (int r = demands.start[task]; r < demands.start[task + 1]; r++) {
                int capability = demands.capability[r];
                double met = capability < numbers.length
                        ? Demands.met(largest[capability][node], demands.atLeast[r])
                        : mayBe(present[capability - numbers.length][node], demands.category[r]);
                if (demands.required[r] && met < 1) {
                    return AssignmentProblem.FORBIDDEN;
                }
                sum += met;
            }
            return demands.score(task, sum);
        }

        private static double mayBe(long bits, int wanted) {
            return wanted != Profiles.NO_CATEGORY && (bits >>> wanted & 1) != 0 ? 1 : 0;
        }

        /** Tells of all allowed agents of a task that were not told of before, and adds them to those that were. */
        void forEachNew(int task, Told told, IntConsumer agents) {
            if (nodes > 0) {
                tell(0, task, told, agents);
            }
        }

        private void tell(int node, int task, Told told, IntConsumer agents) {
            if (told.left[node] == 0 || bound(node, task) == AssignmentProblem.FORBIDDEN) {
                return;
            }
            if (left[node] != 0) {
                tell(left[node], task, told, agents);
                tell(right[node], task, told, agents);
                return;
            }
            score(node, task);
            for (int at = 0; at < to[node] - from[node]; at++) {
                int agent = group[from[node] + at];
                if ((allowed >>> at & 1) != 0 && told.add(agent)) {
                    agents.accept(agent);
                }
            }
        }
    }

    /** Agents that were told of. */
    final class Told {
        private final BitSet agents = new BitSet();
        private final int[] left = new int[nodes];

        Told() {
            Arrays.setAll(left, node -> to[node] - from[node]);
        }

        private boolean add(int agent) {
            if (agents.get(agent)) {
                return false;
            }
            agents.set(agent);
            int node = leafOf[position[agent]];
            left[node]--;
            while (node != 0) {
                node = parent[node];
                left[node]--;
            }
            return true;
        }

        BitSet agents() {
            return agents;
        }
    }

    /** The best agents that were found, the best first. */
    private static final class Best {
        private final int[] agents;
        private final int[] scores;
        private final long[] gains;
        private int size;

        Best(int most) {
            agents = new int[most];
            scores = new int[most];
            gains = new long[most];
        }

        boolean wants(long gain) {
            return size < gains.length || gain > gains[size - 1];
        }

        void add(int agent, int score, long gain) {
            int at = size < gains.length ? size++ : size - 1;
            for (; at > 0 && gains[at - 1] < gain; at--) {
                agents[at] = agents[at - 1];
                scores[at] = scores[at - 1];
                gains[at] = gains[at - 1];
            }
            agents[at] = agent;
            scores[at] = score;
            gains[at] = gain;
        }

        Candidates candidates() {
            long others = size < gains.length ? Search.NEVER : gains[size - 1];
            return new Candidates(Arrays.copyOf(agents, size), Arrays.copyOf(scores, size), others);
        }
    }

    /** Nodes by their keys, the highest first. */
    private static final class NodeHeap {
        private long[] keys = new long[256];
        private int[] heap = new int[256];
        private int size;

        void clear() {
            size = 0;
        }

        boolean isEmpty() {
            return size == 0;
        }

        long key() {
            return keys[0];
        }

        void add(long key, int node) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, 2 * size);
                heap = Arrays.copyOf(heap, 2 * size);
            }
            int at = size++;
            while (at > 0 && keys[(at - 1) / 2] < key) {
                keys[at] = keys[(at - 1) / 2];
                heap[at] = heap[(at - 1) / 2];
                at = (at - 1) / 2;
            }
            keys[at] = key;
            heap[at] = node;
        }

        int remove() {
            int node = heap[0];
            long key = keys[--size];
            int last = heap[size];
            int at = 0;
            while (2 * at + 1 < size) {
                int child = 2 * at + 1;
                child += child + 1 < size && keys[child + 1] > keys[child] ? 1 : 0;
                if (keys[child] <= key) {
                    break;
                }
                keys[at] = keys[child];
                heap[at] = heap[child];
                at = child;
            }
            keys[at] = key;
            heap[at] = last;
            return node;
        }
    }

    /** Puts groups in an order in which leaves are runs, and makes the nodes. */
    private final class Builder {
        /** What divides: of each capability the rank of each group's number, or its category; −1 where there is none. */
        private final int[][] ranks;

        private final int numeric = profiles.numbers.length;

        Builder() {
            ranks = new int[numeric + profiles.categories.length][];
            for (int c = 0; c < ranks.length; c++) {
                ranks[c] = c < numeric ? ranks(profiles.numbers[c]) : profiles.categories[c - numeric];
            }
        }

        private static int[] ranks(double[] column) {
            double[] sorted = column.clone();
            Arrays.sort(sorted);
            int distinct = 0;
            for (double number : sorted) {
                if (distinct == 0 || number != sorted[distinct - 1]) {
                    sorted[distinct++] = number;
                }
            }
            int[] ranks = new int[column.length];
            for (int i = 0; i < ranks.length; i++) {
                ranks[i] = Arrays.binarySearch(sorted, 0, distinct, column[i]);
            }
            return ranks;
        }

        int[] order() {
            int[] order = IntStream.range(0, profiles.size())
                    .filter(group -> profiles.places[group] > 0)
                    .toArray();
            if (order.length > 0) {
                divide(order, 0, order.length, 0);
            }
            return order;
        }

        private int divide(int[] order, int start, int end, int above) {
            int node = node(start, end, above);
            if (end - start > LEAF) {
                int middle = sort(order, start, end, ranks[widest(order, start, end)]);
                int first = divide(order, start, middle, node);
                int second = divide(order, middle, end, node);
                left[node] = first;
                right[node] = second;
            }
            return node;
        }

        private int node(int start, int end, int above) {
            if (nodes == from.length) {
                from = Arrays.copyOf(from, 2 * nodes);
                to = Arrays.copyOf(to, 2 * nodes);
                left = Arrays.copyOf(left, 2 * nodes);
                right = Arrays.copyOf(right, 2 * nodes);
                parent = Arrays.copyOf(parent, 2 * nodes);
            }
            from[nodes] = start;
            to[nodes] = end;
            parent[nodes] = above;
            return nodes++;
        }

        /** The capability in which the groups differ most. */
        private int widest(int[] order, int start, int end) {
            int widest = 0;
            double most = -1;
            for (int c = ranks.length - 1; c >= 0; c--) {
                double spread =
                        c < numeric ? spread(profiles.numbers[c], order, start, end) : differ(c, order, start, end);
                if (spread > most) {
                    most = spread;
                    widest = c;
                }
            }
            if (most > 0) {
                return widest;
            }
            throw new IllegalArgumentException(
                    "more than " + LEAF + " groups of agents have equal capabilities, expected one group of them");
        }

        private static double spread(double[] column, int[] order, int start, int end) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int i = start; i < end; i++) {
                low = Math.min(low, column[order[i]]);
                high = Math.max(high, column[order[i]]);
            }
            if (low == high) {
                return 0;
            }
            // What a task that asks for the most loses at the least: nothing is worth less than 0.
            return high > 0 ? (high - Math.max(low, 0)) / high : Double.MIN_NORMAL;
        }

        private double differ(int capability, int[] order, int start, int end) {
            int first = ranks[capability][order[start]];
            for (int i = start + 1; i < end; i++) {
                if (ranks[capability][order[i]] != first) {
                    return 1;
                }
            }
            return 0;
        }

        /** Sorts by rank; returns where the second half begins: at a change of rank, the one nearest to the middle. */
        private static int sort(int[] order, int start, int end, int[] ranks) {
            long[] keys = new long[end - start];
            for (int i = start; i < end; i++) {
                keys[i - start] = (long) ranks[order[i]] << Integer.SIZE | order[i];
            }
            Arrays.sort(keys);
            for (int i = start; i < end; i++) {
                order[i] = (int) keys[i - start];
            }
            int half = (end - start) / 2;
            for (int away = 0; ; away++) {
                if (half - away > 0 && changes(keys, half - away)) {
                    return start + half - away;
                }
                if (half + away < keys.length && changes(keys, half + away)) {
                    return start + half + away;
                }
            }
        }

        private static boolean changes(long[] keys, int at) {
            return keys[at] >> Integer.SIZE != keys[at - 1] >> Integer.SIZE;
        }
    }
}
