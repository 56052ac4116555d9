package io.murmuration.scaling.backtest;

import java.util.Locale;

/**
 * What a backtest measures. Over the T steps that count, s is the supply (instances that are ready), d the demand (instances
 * that do the step's load in that step, {@link LoadTrace#needed}).
 *
 * <p>Accuracy, time share and instability are those of the SPEC research group: Herbst et al., "Ready for Rain? A View from
 * SPEC Research on the Future of Cloud Metrics", SPEC-RG-2016-01; also Bauer et al., "Chameleon", IEEE TPDS 30(4), 2019.
 * Over-provisioning divided by the supply, which stays within 100 %, is that of Ilyushkin et al., "An Experimental
 * Performance Evaluation of Autoscaling Policies for Complex Workflows", ICPE 2017.
 */
public enum Measure {
    /** Steps whose queue takes longer than the target, 100/T · Σ [delay > 30 s]. */
    SLO_VIOLATION_PERCENT("steps with a queue of more than 30 s (%)"),
    /** Instances paid for over those needed, Σ billed / Σ d: 1 is an oracle whose instances come at once. */
    RELATIVE_COST("instances paid for over those needed"),
    /** θ_U = 100/T · Σ max(d − s, 0) / d. */
    UNDER_ACCURACY("instances missing, relative to demand (%)"),
    /** θ_O = 100/T · Σ max(s − d, 0) / d. */
    OVER_ACCURACY("instances too many, relative to demand (%)"),
    /** 100/T · Σ max(s − d, 0) / s. */
    OVER_ACCURACY_OF_SUPPLY("instances too many, relative to supply (%)"),
    /** τ_U = 100/T · Σ [s < d]. */
    UNDER_TIME_SHARE("time with too few instances (%)"),
    /** τ_O = 100/T · Σ [s > d]. */
    OVER_TIME_SHARE("time with too many instances (%)"),
    /** υ = 100/(T − 1) · Σ [sgn Δs ≠ sgn Δd]: steps in which supply moves otherwise than demand. */
    INSTABILITY("steps in which supply and demand move differently (%)"),
    /**
     * The Minkowski distance of (θ_U, θ_O, τ_U, τ_O, υ) from 0, of the order of their number: (Σ xᵢ⁵)^⅕. Papers differ in the
     * order and in what they put in, so that it compares backtests with each other alone.
     */
    DEVIATION("distance of the five measures from 0"),
    /** The 99th percentile of the time that the queue takes at the present capacity (linear interpolation). */
    QUEUE_SECONDS_P99("99th percentile of the queue's delay (s)"),
    /** The longest time that the queue takes at the present capacity. */
    QUEUE_SECONDS_MAX("longest delay of the queue (s)"),
    /** Work left in the queue after the last step, over what an instance does in a step. */
    FINAL_BACKLOG("queue in the end (instance-steps)"),
    /** Steps with another number of instances wished for than in the step before, a day. */
    ACTIONS_A_DAY("changes a day"),
    /** Actions that go the other way than the action before, a day. */
    REVERSALS_A_DAY("changes of direction a day");

    private final String meaning;

    Measure(String meaning) {
        this.meaning = meaning;
    }

    /** The column of a table. */
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** In a few words, with the unit. */
    public String meaning() {
        return meaning;
    }
}
