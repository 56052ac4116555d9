package io.murmuration.scaling.backtest;

import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScalingPolicy;
import io.murmuration.scaling.Wish;
import io.murmuration.scaling.policy.PolicyEntry;
import io.murmuration.scaling.policy.Setting;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The bound that knows the trace: it wishes for the most instances that any step needs from now until what is asked for now
 * is ready. That is the least with which no work ever waits: what a step needs has to be asked for that much earlier, and
 * kept from then on.
 */
final class OraclePolicy implements ScalingPolicy {
    private final int[] most;
    private final int margin;
    private int step;

    /** The bound as it stands beside the policies over a trace. */
    static PolicyEntry entry(LoadTrace trace, Duration provisioningDelay) {
        return new PolicyEntry(
                "oracle",
                PolicyEntry.Kind.BOUND,
                "margin",
                "instances on top of what is needed, 0 to 60",
                Setting.parse("0"),
                (context, setting) -> new OraclePolicy(trace, provisioningDelay, setting.integer("margin", 0, 60)));
    }

    /** @param margin instances on top of what is needed */
    OraclePolicy(LoadTrace trace, Duration provisioningDelay, int margin) {
        this.margin = margin;
        most = mostAhead(trace, Backtest.CONTEXT.intervals(provisioningDelay));
    }

    /** For each step the most that is needed in it and in so many after it: the greatest of a sliding window. */
    private static int[] mostAhead(LoadTrace trace, int ahead) {
        int[] most = new int[trace.steps()];
        Deque<Integer> falling = new ArrayDeque<>();
        int next = 0;
        for (int step = 0; step < most.length; step++) {
            for (; next < most.length && next <= step + ahead; next++) {
                while (!falling.isEmpty() && trace.needed(falling.getLast()) <= trace.needed(next)) {
                    falling.removeLast();
                }
                falling.addLast(next);
            }
            while (falling.getFirst() < step) {
                falling.removeFirst();
            }
            most[step] = trace.needed(falling.getFirst());
        }
        return most;
    }

    @Override
    public String name() {
        return "oracle";
    }

    @Override
    public void observe(ResourceMetrics metrics) {
        step++;
    }

    @Override
    public Wish wish() {
        int wished = most[Math.min(step, most.length - 1)] + margin;
        return new Wish.Target(wished, wished + " from now until what is asked for now is ready");
    }
}
