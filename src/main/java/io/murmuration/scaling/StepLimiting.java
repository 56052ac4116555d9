package io.murmuration.scaling;

import io.murmuration.scaling.StepLimit.Direction;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Lets the number change no further within a period than a limit allows. */
final class StepLimiting implements Stage {
    private final StepLimit limit;
    /** What was changed within the period, oldest first. */
    private final Deque<ScaleAction> actions = new ArrayDeque<>();

    StepLimiting(StepLimit limit) {
        this.limit = limit;
    }

    @Override
    public Proposal refine(Proposal proposal, Tick tick) {
        Instant begin = tick.at().minus(limit.period());
        while (!actions.isEmpty() && !actions.getFirst().at().isAfter(begin)) {
            actions.removeFirst();
        }
        int beginning = tick.present();
        for (ScaleAction action : actions) {
            beginning -= action.to() - action.from();
        }
        int most = limit.most(beginning);
        return limit.direction() == Direction.UP
                ? proposal.atMost(Math.max(tick.present(), beginning + most), limit.text())
                : proposal.atLeast(Math.min(tick.present(), beginning - most), limit.text());
    }

    @Override
    public void scaled(ScaleAction action) {
        if (action.isUp() == (limit.direction() == Direction.UP)) {
            actions.addLast(action);
        }
    }

    /** Over a leap ahead changes have their dates: what was done before it may be within the period. */
    @Override
    public void clockSetBack() {
        actions.clear();
    }
}
