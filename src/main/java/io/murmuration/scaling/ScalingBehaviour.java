package io.murmuration.scaling;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How an autoscaler comes from the wishes of its policies to a decision. {@link #DEFAULT} with what is to differ:
 * {@code DEFAULT.toBuilder().tolerance(0.1).build()}.
 */
public final class ScalingBehaviour {
    /** Votes, goes to the target at once, and leaves the rest to the policies. */
    public static final ScalingBehaviour DEFAULT = new Builder().build();

    private final Builder settings;

    private ScalingBehaviour(Builder settings) {
        this.settings = settings;
    }

    public Builder toBuilder() {
        return new Builder(settings);
    }

    Combination combination() {
        return settings.combination;
    }

    Duration staleAfter(ScalingContext context) {
        return context.interval().multipliedBy(settings.staleIntervals);
    }

    Duration longestGap(ScalingContext context) {
        return context.interval().multipliedBy(settings.gapIntervals);
    }

    int historySize() {
        return settings.historySize;
    }

    Optional<String> advisory() {
        return settings.advisory ? Optional.of("the autoscaler is set to advise only") : Optional.empty();
    }

    /** Bounds that hold at all times, of a context and of what is set here. */
    Bounds bounds(ScalingContext context) {
        Bounds bounds = Bounds.of(context.minInstances(), context.maxInstances(), "the context");
        if (settings.budget != null) {
            bounds = bounds.and(0, settings.budget.most(), "the budget of an hour");
        }
        return bounds;
    }

    List<Schedule> schedules() {
        return settings.schedules;
    }

    Optional<Budget> budget() {
        return Optional.ofNullable(settings.budget);
    }

    List<StepLimit> stepLimits() {
        return settings.stepLimits;
    }

    Step step() {
        return settings.step;
    }

    double tolerance() {
        return settings.tolerance;
    }

    Duration stabiliseUp() {
        return settings.stabiliseUp;
    }

    Duration stabiliseDown() {
        return settings.stabiliseDown;
    }

    boolean isUsefulParallelism() {
        return settings.usefulParallelism;
    }

    double patience() {
        return settings.patience;
    }

    double effectiveShare() {
        return settings.effectiveShare;
    }

    Duration assumedProvisioning() {
        return settings.assumedProvisioning;
    }

    /** Collects what differs from the defaults, which each setter names. */
    public static final class Builder {
        private Combination combination = new MajorityVote();
        private Step step = new Step.ToTarget();
        private double tolerance;
        private Duration stabiliseUp = Duration.ZERO;
        private Duration stabiliseDown = Duration.ZERO;
        private List<StepLimit> stepLimits = List.of();
        private List<Schedule> schedules = List.of();
        private Budget budget;
        private boolean usefulParallelism = true;
        private double patience = 3;
        private double effectiveShare;
        private Duration assumedProvisioning = Duration.ofMinutes(1);
        private int staleIntervals = 3;
        private int gapIntervals = 10;
        private boolean advisory;
        private int historySize = 1000;

        private Builder() {}

        private Builder(Builder other) {
            combination = other.combination;
            step = other.step;
            tolerance = other.tolerance;
            stabiliseUp = other.stabiliseUp;
            stabiliseDown = other.stabiliseDown;
            stepLimits = other.stepLimits;
            schedules = other.schedules;
            budget = other.budget;
            usefulParallelism = other.usefulParallelism;
            patience = other.patience;
            effectiveShare = other.effectiveShare;
            assumedProvisioning = other.assumedProvisioning;
            staleIntervals = other.staleIntervals;
            gapIntervals = other.gapIntervals;
            advisory = other.advisory;
            historySize = other.historySize;
        }

        /** How several wishes become one; by default the majority's. */
        public Builder combination(Combination value) {
            combination = value;
            return this;
        }

        /** How far one change goes; by default all the way. */
        public Builder step(Step value) {
            step = value;
            return this;
        }

        /** |wish / present − 1| up to which nothing is changed; by default 0. */
        public Builder tolerance(double share) {
            require(share >= 0 && share < 1, "tolerance", share, "a share from 0 to less than 1");
            tolerance = share;
            return this;
        }

        /** How long more, or fewer, must have been wished for throughout; by default 0 s both. */
        public Builder stabilisation(Duration up, Duration down) {
            require(!up.isNegative() && !down.isNegative(), "stabilisation", up + ", " + down, "at least 0 s");
            stabiliseUp = up;
            stabiliseDown = down;
            return this;
        }

        /** How much may change within a period; by default without limit. */
        public Builder stepLimits(List<StepLimit> limits) {
            stepLimits = List.copyOf(limits);
            return this;
        }

        /** Floors by the time of day; by default none. */
        public Builder schedules(List<Schedule> floors) {
            schedules = List.copyOf(floors);
            return this;
        }

        /** What may be spent; by default without limit. */
        public Builder budget(Budget value) {
            budget = value;
            return this;
        }

        /** Whether instances are kept to what tasks can use, where metrics tell; by default yes. */
        public Builder usefulParallelism(boolean value) {
            usefulParallelism = value;
            return this;
        }

        /**
         * After how many provisioning times instances that were asked for should be there, and a climb should have helped;
         * by default 3.
         */
        public Builder patience(double provisioningTimes) {
            require(provisioningTimes > 0, "patience", provisioningTimes, "more than 0 provisioning times");
            patience = provisioningTimes;
            return this;
        }

        /**
         * The share of what a climb promises that its throughput must have risen by, lest climbing stops; by default 0,
         * which judges nothing: throughput follows the demand, too.
         */
        public Builder effectiveShare(double share) {
            require(share >= 0 && share <= 1, "effective share", share, "from 0 to 1");
            effectiveShare = share;
            return this;
        }

        /** From asking for an instance until it works, as long as that is not measured; by default 60 s. */
        public Builder assumedProvisioning(Duration time) {
            require(!time.isNegative(), "assumed provisioning time", time, "at least 0 s");
            assumedProvisioning = time;
            return this;
        }

        /** How many intervals old metrics may be to be acted on; by default 3. */
        public Builder staleIntervals(int intervals) {
            require(intervals > 0, "stale after", intervals, "at least 1 interval");
            staleIntervals = intervals;
            return this;
        }

        /** The longest gap between ticks, in intervals, over which windows are taken to be continuous; by default 10. */
        public Builder gapIntervals(int intervals) {
            require(intervals > 0, "longest gap", intervals, "at least 1 interval");
            gapIntervals = intervals;
            return this;
        }

        /** Whether decisions are not carried out; by default they are. */
        public Builder advisory(boolean value) {
            advisory = value;
            return this;
        }

        /** How many changes are remembered; by default 1000. */
        public Builder historySize(int changes) {
            require(changes > 0, "history size", changes, "at least 1 change");
            historySize = changes;
            return this;
        }

        public ScalingBehaviour build() {
            return new ScalingBehaviour(new Builder(this));
        }

        private static void require(boolean good, String what, Object value, String expected) {
            if (!good) {
                throw new IllegalArgumentException("the " + what + " is " + value + ", expected " + expected);
            }
        }
    }
}
