package io.murmuration.scaling;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How an autoscaler comes from the wishes of its policies to a decision: {@link #DEFAULT}, or that with what is to differ,
 * {@code DEFAULT.toBuilder().tolerance(0.1).build()}.
 *
 * @param combination how several wishes become one
 * @param step how far one change goes
 * @param tolerance |wish / present − 1| up to which nothing is changed, from 0 to less than 1
 * @param stabiliseUp how long more must have been wished for throughout
 * @param stabiliseDown how long fewer must have been wished for throughout
 * @param stepLimits how much may change within a period
 * @param schedules floors by the time of day
 * @param budget what may be spent; empty: without limit
 * @param usefulParallelism whether instances are kept to what tasks can use, where metrics tell
 * @param patience after how many provisioning times instances that were asked for should be there, and a climb should have
 *     helped, over 0
 * @param effectiveShare the share of what a climb promises that the throughput must have risen by, lest climbing stops, from
 *     0, which judges nothing, to 1
 * @param assumedProvisioning from asking for an instance until it works, as long as that is not measured
 * @param staleIntervals how many intervals old metrics may be to be acted on, over 0
 * @param gapIntervals the longest gap between ticks, in intervals, over which time is taken to be continuous, over 0
 * @param advisory whether decisions are not carried out
 * @param historySize how many changes are remembered, over 0
 */
public record ScalingBehaviour(
        Combination combination,
        Step step,
        double tolerance,
        Duration stabiliseUp,
        Duration stabiliseDown,
        List<StepLimit> stepLimits,
        List<Schedule> schedules,
        Optional<Budget> budget,
        boolean usefulParallelism,
        double patience,
        double effectiveShare,
        Duration assumedProvisioning,
        int staleIntervals,
        int gapIntervals,
        boolean advisory,
        int historySize) {
    /** Votes, goes to the target at once, acts, and leaves the rest to the policies. */
    public static final ScalingBehaviour DEFAULT = new ScalingBehaviour(
            new MajorityVote(),
            new Step.ToTarget(),
            0,
            Duration.ZERO,
            Duration.ZERO,
            List.of(),
            List.of(),
            Optional.empty(),
            true,
            3,
            0,
            Duration.ofMinutes(1),
            3,
            10,
            false,
            1000);

    public ScalingBehaviour {
        stepLimits = List.copyOf(stepLimits);
        schedules = List.copyOf(schedules);
        require(tolerance >= 0 && tolerance < 1, "tolerance", tolerance, "from 0 to less than 1");
        require(!stabiliseUp.isNegative(), "stabilisation up", stabiliseUp, "at least 0 s");
        require(!stabiliseDown.isNegative(), "stabilisation down", stabiliseDown, "at least 0 s");
        require(patience > 0 && Double.isFinite(patience), "patience", patience, "more than 0 provisioning times");
        require(effectiveShare >= 0 && effectiveShare <= 1, "effective share", effectiveShare, "from 0 to 1");
        require(!assumedProvisioning.isNegative(), "assumed provisioning time", assumedProvisioning, "at least 0 s");
        require(staleIntervals > 0, "number of stale intervals", staleIntervals, "at least 1");
        require(gapIntervals > 0, "number of gap intervals", gapIntervals, "at least 1");
        require(historySize > 0, "history size", historySize, "at least 1 change");
    }

    private static void require(boolean good, String what, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException("the " + what + " is " + value + ", expected " + expected);
        }
    }

    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Bounds that hold at all times, of a context and of what is set here. */
    Bounds bounds(ScalingContext context) {
        Bounds bounds = Bounds.of(context.minInstances(), context.maxInstances(), "the context");
        return budget.isPresent() ? bounds.and(0, budget.get().most(), "the budget of an hour") : bounds;
    }

    /** Collects what differs; what each means stands at the record's component of its name. */
    public static final class Builder {
        private Combination combination;
        private Step step;
        private double tolerance;
        private Duration stabiliseUp;
        private Duration stabiliseDown;
        private List<StepLimit> stepLimits;
        private List<Schedule> schedules;
        private Optional<Budget> budget;
        private boolean usefulParallelism;
        private double patience;
        private double effectiveShare;
        private Duration assumedProvisioning;
        private int staleIntervals;
        private int gapIntervals;
        private boolean advisory;
        private int historySize;

        private Builder(ScalingBehaviour from) {
            combination = from.combination;
            step = from.step;
            tolerance = from.tolerance;
            stabiliseUp = from.stabiliseUp;
            stabiliseDown = from.stabiliseDown;
            stepLimits = from.stepLimits;
            schedules = from.schedules;
            budget = from.budget;
            usefulParallelism = from.usefulParallelism;
            patience = from.patience;
            effectiveShare = from.effectiveShare;
            assumedProvisioning = from.assumedProvisioning;
            staleIntervals = from.staleIntervals;
            gapIntervals = from.gapIntervals;
            advisory = from.advisory;
            historySize = from.historySize;
        }

        public Builder combination(Combination value) {
            combination = value;
            return this;
        }

        public Builder step(Step value) {
            step = value;
            return this;
        }

        public Builder tolerance(double value) {
            tolerance = value;
            return this;
        }

        public Builder stabilisation(Duration up, Duration down) {
            stabiliseUp = up;
            stabiliseDown = down;
            return this;
        }

        public Builder stepLimits(List<StepLimit> values) {
            stepLimits = values;
            return this;
        }

        public Builder schedules(List<Schedule> values) {
            schedules = values;
            return this;
        }

        public Builder budget(Budget value) {
            budget = Optional.of(value);
            return this;
        }

        public Builder usefulParallelism(boolean value) {
            usefulParallelism = value;
            return this;
        }

        public Builder patience(double value) {
            patience = value;
            return this;
        }

        public Builder effectiveShare(double value) {
            effectiveShare = value;
            return this;
        }

        public Builder assumedProvisioning(Duration value) {
            assumedProvisioning = value;
            return this;
        }

        public Builder staleIntervals(int value) {
            staleIntervals = value;
            return this;
        }

        public Builder gapIntervals(int value) {
            gapIntervals = value;
            return this;
        }

        public Builder advisory(boolean value) {
            advisory = value;
            return this;
        }

        public Builder historySize(int value) {
            historySize = value;
            return this;
        }

        public ScalingBehaviour build() {
            return new ScalingBehaviour(
                    combination,
                    step,
                    tolerance,
                    stabiliseUp,
                    stabiliseDown,
                    stepLimits,
                    schedules,
                    budget,
                    usefulParallelism,
                    patience,
                    effectiveShare,
                    assumedProvisioning,
                    staleIntervals,
                    gapIntervals,
                    advisory,
                    historySize);
        }
    }
}
