package io.murmuration.scaling.policy;

import io.murmuration.scaling.ScalingContext;
import io.murmuration.scaling.plant.Provisioning;
import java.util.Arrays;

/**
 * Chooses a floor under the number of instances by what it would cost over scenarios of the load: the instances paid for,
 * and a price for each interval in which the queue takes longer than it may.
 *
 * <p>The floor holds in every interval from which an order could still arrive before the load may change again, and until
 * that change has been seen; otherwise, and above the floor, there are as many instances as load and queue need. Every
 * scenario is played through with the instances that are there and on their way. Costs are those of the whole horizon, so
 * that an instance that is ordered ahead of a rise is paid for as long as it waits for it.
 */
final class ScenarioPlanner {
    /** Intervals in which a queue is to be worked off. */
    private static final double DRAIN = 6;
    /** Of a need in instances that is an integer but for rounding. */
    private static final double ROUNDING = 1e-9;
    /** Where the search for the best floor begins anew. */
    private static final int FIRST_STRIDE = 8;

    private final ScalingContext context;
    private final double delayTarget;
    private final double[] costs;
    private final int[] violated;
    private Provisioning played = new Provisioning(0, 0);
    /** Whether the floor holds, by interval of the horizon. */
    private boolean[] holds = {};
    /** Which value of a scenario is the load, by interval of the horizon; negative while the present load stays. */
    private int[] value = {};

    /** What is known when a plan is made. Work is in what one instance does in an interval. */
    record Situation(Provisioning instances, double load, double queue, Cadence cadence, double[][] scenarios) {}

    /**
     * When the load can change.
     *
     * @param remaining intervals before the next change
     * @param period intervals from change to change
     */
    record Cadence(int remaining, int period) {
        /** Whether the load may change between an interval and so many later, both counted. */
        boolean changesWithin(int interval, int later) {
            int past = interval - remaining;
            int next = past <= 0 ? remaining : interval + Math.floorMod(-past, period);
            return next <= interval + later;
        }
    }

    /**
     * A floor and what is expected of it.
     *
     * @param floor instances
     * @param cost instances paid for, an interval, with the price of violations
     * @param risk the share of scenarios in which there is a violation
     */
    record Plan(int floor, double cost, double risk) {}

    ScenarioPlanner(ScalingContext context) {
        this.context = context;
        delayTarget =
                (double) context.delayTarget().toMillis() / context.interval().toMillis();
        costs = new double[context.maxInstances() + 1];
        violated = new int[context.maxInstances() + 1];
    }

    /** Instances that a load and a queue need, no more being known. */
    int needed(double load, double queue) {
        return context.clip((int) Math.ceil(load + queue / DRAIN - ROUNDING));
    }

    /**
     * The cheapest floor, wherever it is.
     *
     * @param price of an interval in violation, in instances for an interval
     * @param guess where to begin to look
     */
    Plan plan(Situation now, double price, int guess) {
        begin(now);
        int best = context.clip(guess);
        for (int stride = FIRST_STRIDE; stride > 0; stride /= 2) {
            best = descend(now, price, best, stride);
        }
        return planOf(now, price, best);
    }

    private void begin(Situation now) {
        Arrays.fill(costs, Double.NaN);
        int delay = now.instances().delay();
        if (played.delay() != delay) {
            played = new Provisioning(delay, 0);
        }
        Cadence cadence = now.cadence();
        // As far as what is ordered after the next change matters.
        int horizon = Math.max(cadence.remaining() + delay, 2 * delay) + 2;
        holds = new boolean[horizon];
        value = new int[horizon];
        for (int interval = 0; interval < horizon; interval++) {
            holds[interval] = cadence.changesWithin(interval, delay);
            value[interval] = interval < cadence.remaining() ? -1 : (interval - cadence.remaining()) / cadence.period();
        }
    }

    private Plan planOf(Situation now, double price, int best) {
        return new Plan(best, cost(now, price, best) / holds.length, (double) violated[best] / now.scenarios().length);
    }

    /** Walks by a stride while it gets cheaper; down also where it costs the same. */
    private int descend(Situation now, double price, int from, int stride) {
        int best = from;
        while (true) {
            double here = cost(now, price, best);
            if (best + stride <= context.maxInstances() && cost(now, price, best + stride) < here) {
                best += stride;
            } else if (best - stride >= context.minInstances() && cost(now, price, best - stride) <= here) {
                best -= stride;
            } else {
                return best;
            }
        }
    }

    private double cost(Situation now, double price, int floor) {
        if (Double.isNaN(costs[floor])) {
            double sum = 0;
            violated[floor] = 0;
            for (double[] scenario : now.scenarios()) {
                sum += play(now, scenario, price, floor);
            }
            costs[floor] = sum / now.scenarios().length;
        }
        return costs[floor];
    }

    private double play(Situation now, double[] scenario, double price, int floor) {
        played.copy(now.instances());
        double load = now.load();
        double queue = now.queue();
        double paid = 0;
        int violations = 0;
        for (int interval = 0; interval < holds.length; interval++) {
            int needed = needed(load, queue);
            played.advance(holds[interval] ? Math.max(floor, needed) : needed);
            load = value[interval] < 0 ? now.load() : scenario[value[interval]];
            queue = Math.max(0, queue + load - played.ready());
            paid += played.billed();
            violations += queue > delayTarget * played.ready() ? 1 : 0;
        }
        violated[floor] += violations > 0 ? 1 : 0;
        return paid + price * violations;
    }

    /** Values of a scenario that a plan looks at. */
    static int ahead(int delay, int period) {
        return (2 * delay + 1) / period + 2;
    }
}
