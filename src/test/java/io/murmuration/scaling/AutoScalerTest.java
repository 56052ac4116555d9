package io.murmuration.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AutoScalerTest {
    private static final ScalingContext CONTEXT =
            new ScalingContext(Duration.ofSeconds(15), 1, 20, Duration.ofSeconds(30));

    private final VirtualClock clock = new VirtualClock();

    /** Wishes for what it was told to. */
    private static class Fixed implements ScalingPolicy {
        private final String name;
        private Wish wish;
        private int observed;
        private Optional<Instant> setBackTo = Optional.empty();

        Fixed(String name, Wish wish) {
            this.name = name;
            this.wish = wish;
        }

        Fixed(String name, int instances) {
            this(name, new Wish.Target(instances, "because"));
        }

        void wish(int instances) {
            wish = new Wish.Target(instances, "because");
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void observe(ResourceMetrics metrics) {
            observed++;
        }

        @Override
        public void clockSetBack(Instant now) {
            setBackTo = Optional.of(now);
        }

        @Override
        public Wish wish() {
            return wish;
        }
    }

    /** Does what it is asked for at once, or fails with a sentence. */
    private static final class Pool implements InstanceController {
        private final List<Integer> asked = new ArrayList<>();
        private Optional<String> failure = Optional.empty();

        @Override
        public InstanceCounts counts() {
            throw new AssertionError("not asked for");
        }

        @Override
        public void scaleTo(int instances) throws ScalingFailedException {
            if (failure.isPresent()) {
                throw new ScalingFailedException(failure.get());
            }
            asked.add(instances);
        }
    }

    private AutoScaler scaler(ScalingBehaviour behaviour, ScalingPolicy... policies) {
        AutoScaler scaler = new AutoScaler(CONTEXT, behaviour, clock);
        for (ScalingPolicy policy : policies) {
            scaler.addScalingRule(policy);
        }
        return scaler;
    }

    private AutoScaler scaler(ScalingPolicy... policies) {
        return scaler(ScalingBehaviour.DEFAULT, policies);
    }

    private ResourceMetrics.Builder now(int instances) {
        return ResourceMetrics.at(clock.instant())
                .with(Metric.ACTIVE_INSTANCES, instances)
                .with(Metric.REQUESTED_INSTANCES, instances);
    }

    private ScalingDecision decide(AutoScaler scaler, int instances) {
        return scaler.evaluateScaling(now(instances).build());
    }

    private ScalingDecision next(AutoScaler scaler, int instances) {
        clock.advanceSeconds(15);
        return decide(scaler, instances);
    }

    @Test
    void ofTwoRulesThatDisagreeTheOneForMoreWinsTheTie() {
        ScalingDecision decision = decide(scaler(new Fixed("small", 3), new Fixed("large", 7)), 5);
        assertEquals(7, decision.recommended());
        assertEquals(List.of("large: because", "votes: large for more; small for fewer: more"), decision.reasons());
        assertEquals(
                List.of("small", "large"),
                decision.evaluations().stream().map(PolicyEvaluation::policy).toList());
    }

    @Test
    void twoRulesOfThresholdsThatDisagreeGoUpAndEachSaysWhy() {
        ScalingRule cpu = ScalingRule.named("cpu_scaling")
                .thresholds(Threshold.of(Metric.CPU_PERCENT, 70, 30))
                .build();
        ScalingRule memory = ScalingRule.named("memory_scaling")
                .thresholds(Threshold.of(Metric.MEMORY_PERCENT, 80, 40))
                .range(1, 8)
                .build();
        AutoScaler scaler = scaler(cpu, memory);
        ScalingDecision decision = null;
        for (int tick = 0; tick <= 4; tick++) {
            decision = scaler.evaluateScaling(now(5).with(Metric.CPU_PERCENT, 90)
                    .with(Metric.MEMORY_PERCENT, 20)
                    .build());
            assertEquals(tick == 4, decision.isChange(), "only after the evaluation period");
            clock.advanceSeconds(15);
        }
        assertEquals(6, decision.recommended());
        assertEquals(
                List.of(
                        new PolicyEvaluation("cpu_scaling", new Wish.Target(6, "cpu_percent 90 % > 70 %, for 60 s")),
                        new PolicyEvaluation(
                                "memory_scaling", new Wish.Target(4, "memory_percent 20 % < 40 %, for 60 s"))),
                decision.evaluations());
        assertEquals(
                List.of(
                        "cpu_scaling: cpu_percent 90 % > 70 %, for 60 s",
                        "votes: cpu_scaling for more; memory_scaling for fewer: more"),
                decision.reasons());
        scaler.applyScalingDecision(decision, new Pool());
        assertFalse(decide(scaler, 6).isChange(), "both cool down");
    }

    @Test
    void toHoldIsAVote() {
        ScalingDecision decision = decide(
                scaler(
                        new Fixed("a", 7),
                        new Fixed("b", new Wish.Hold("cool-down")),
                        new Fixed("c", new Wish.Target(5, "as it is"))),
                5);
        assertFalse(decision.isChange());
        assertEquals(
                List.of("b: cool-down", "c: as it is", "votes: a for more; b, c for hold: hold"), decision.reasons());
    }

    @Test
    void theMajorityGoesDownAsFarAsTheMostCarefulOfIt() {
        ScalingDecision decision = decide(
                scaler(
                        new Fixed("a", 2),
                        new Fixed("b", 4),
                        new Fixed("c", 9),
                        new Fixed("d", new Wish.Abstain("no data"))),
                5);
        assertEquals(4, decision.recommended());
    }

    @Test
    void whoAbstainsHasNoVoteAndWhereAllDoItHolds() {
        Fixed blind = new Fixed("blind", new Wish.Abstain("load is absent"));
        ScalingDecision decision = decide(scaler(blind, new Fixed("a", 7)), 5);
        assertEquals(7, decision.recommended());
        assertEquals(
                List.of("a: because", "votes: a for more; blind abstains (load is absent): more"), decision.reasons());
        assertEquals(
                List.of("blind: load is absent", "every policy abstains: hold"),
                decide(scaler(blind), 5).reasons());
    }

    @Test
    void theLargestWishCountsWithMaxAndWhoAbstainsForbidsGoingDown() {
        ScalingBehaviour max = ScalingBehaviour.DEFAULT.toBuilder()
                .combination(new LargestWish())
                .build();
        assertEquals(
                4, decide(scaler(max, new Fixed("a", 4), new Fixed("b", 2)), 5).recommended());
        ScalingDecision blind = decide(scaler(max, new Fixed("a", 4), new Fixed("b", new Wish.Abstain("no data"))), 5);
        assertEquals(5, blind.recommended());
        assertEquals(List.of("b: no data"), blind.reasons());
    }

    @Test
    void theTightestOfAllBoundsHolds() {
        ScalingRule narrow = ScalingRule.named("narrow").range(2, 8).build();
        AutoScaler scaler = scaler(narrow, new Fixed("a", 15));
        ScalingDecision decision = decide(scaler, 5);
        assertEquals(8, decision.recommended());
        assertEquals(
                "at most 8 instances (the policy narrow)",
                decision.reasons().get(decision.reasons().size() - 1));
        scaler.removeScalingRule("narrow");
        assertEquals(15, next(scaler, 5).recommended());
        assertEquals(20, scaler.getScalingStatus().maxInstances());
    }

    @Test
    void aMinimumAboveTheMaximumIsAnErrorThatNamesBoth() {
        AutoScaler scaler = scaler(ScalingRule.named("few").range(1, 3).build());
        IllegalArgumentException crossing = assertThrows(
                IllegalArgumentException.class,
                () -> scaler.addScalingRule(
                        ScalingRule.named("many").range(4, 9).build()));
        assertEquals(
                "the bounds cross: the policy many wants at least 4 instances, the policy few allows at most 3",
                crossing.getMessage());
        assertEquals(List.of("few"), scaler.getScalingStatus().policies());
        assertThrows(
                IllegalArgumentException.class,
                () -> new ScalingContext(Duration.ofSeconds(15), 5, 4, Duration.ofSeconds(30)));
    }

    @Test
    void schedulesAndBudgetsThatCrossBoundsAreErrorsToo() {
        Schedule crowd = schedule("crowd", LocalTime.of(8, 0), LocalTime.of(18, 0), 30);
        assertEquals(
                "the bounds cross: the schedule crowd wants at least 30 instances, the context allows at most 20",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> scaler(ScalingBehaviour.DEFAULT.toBuilder()
                                        .schedules(List.of(crowd))
                                        .build()))
                        .getMessage());
        Budget poor = new Budget(1, OptionalDouble.of(0.5), OptionalDouble.empty(), ZoneOffset.UTC);
        assertEquals(
                "the bounds cross: the context wants at least 1 instances, the budget of an hour allows at most 0",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> scaler(ScalingBehaviour.DEFAULT.toBuilder()
                                        .budget(poor)
                                        .build()))
                        .getMessage());
    }

    private static Schedule schedule(String name, LocalTime from, LocalTime to, int floor) {
        return new Schedule(name, Set.of(DayOfWeek.MONDAY), from, to, ZoneId.of("Europe/Berlin"), floor);
    }

    @Test
    void absentMetricsHold() {
        Fixed policy = new Fixed("a", 9);
        ScalingDecision decision = scaler(policy)
                .evaluateScaling(ResourceMetrics.at(clock.instant()).build());
        assertFalse(decision.isChange());
        assertEquals(
                List.of("hold: neither requested_instances nor active_instances was measured"), decision.reasons());
    }

    @Test
    void staleMetricsHold() {
        AutoScaler scaler = scaler(new Fixed("a", 9));
        ResourceMetrics old = now(5).build();
        clock.advanceSeconds(46);
        assertEquals(
                List.of("hold: the metrics are stale, 46 s old, expected at most 45 s"),
                scaler.evaluateScaling(old).reasons());
    }

    @Test
    void policiesAreShownTheAssumedProvisioningTimeUntilOneIsMeasured() {
        List<Double> shown = new ArrayList<>();
        ScalingPolicy policy = new Fixed("a", 5) {
            @Override
            public void observe(ResourceMetrics metrics) {
                shown.add(metrics.require(Metric.PROVISIONING_TIME));
            }
        };
        AutoScaler scaler = scaler(
                ScalingBehaviour.DEFAULT.toBuilder()
                        .assumedProvisioning(Duration.ofMillis(7500))
                        .build(),
                policy);
        decide(scaler, 5);
        clock.advanceSeconds(15);
        scaler.evaluateScaling(now(5).with(Metric.PROVISIONING_TIME, 20).build());
        clock.advanceSeconds(15);
        ScalingDecision unusable = scaler.evaluateScaling(
                now(5).with(Metric.PROVISIONING_TIME, Double.NaN).build());
        assertEquals(List.of(7.5, 20.0, 7.5), shown);
        assertEquals(
                List.of("a: because", "measured, but no finite number: [provisioning_seconds]"), unusable.reasons());
    }

    /** One that needs the provisioning time asked for none, so that it was never measured. */
    @Test
    void aPolicyThatNeedsTheProvisioningTimeWishesBeforeOneWasMeasured() {
        AutoScaler scaler =
                scaler(new TargetPolicy(new DeadlineTarget(clock.instant().plusSeconds(150)), CONTEXT));
        ScalingDecision decision = scaler.evaluateScaling(now(4).with(Metric.QUEUED_WORK, 1000)
                .with(Metric.INSTANCE_CAPACITY, 10)
                .build());
        // 4 instances do 40 of 100 in 10 intervals; new ones come after the 4 that are assumed, and have 6.
        assertEquals(14, decision.recommended());
    }

    @Test
    void whatIsNoNumberIsNamed() {
        ScalingDecision decision = scaler(new Fixed("a", 5))
                .evaluateScaling(now(5).with(Metric.CPU_PERCENT, Double.NaN).build());
        assertEquals(List.of("a: because", "measured, but no finite number: [cpu_percent]"), decision.reasons());
    }

    @Test
    void aClockThatGoesBackHoldsForATickAndGoesOnFromThere() {
        Fixed policy = new Fixed("a", 9);
        AutoScaler scaler = scaler(policy);
        decide(scaler, 9);
        clock.advance(Duration.ofHours(-1));
        ScalingDecision back = decide(scaler, 5);
        assertFalse(back.isChange());
        assertEquals(
                List.of("hold: the clock went back to 2026-03-02T11:00:00Z from 2026-03-02T12:00:00Z"), back.reasons());
        assertEquals(1, policy.observed);
        assertEquals(Optional.of(clock.instant()), policy.setBackTo);
        assertEquals(9, next(scaler, 5).recommended());
    }

    @Test
    void aClockThatLeapsAheadHoldsForATick() {
        Fixed policy = new Fixed("a", 9);
        AutoScaler scaler = scaler(policy);
        decide(scaler, 9);
        clock.advance(Duration.ofDays(365));
        ScalingDecision leap = decide(scaler, 5);
        assertEquals(
                List.of("hold: the clock leapt, or nothing was measured, for more than 150 s before"
                        + " 2027-03-02T12:00:00Z"),
                leap.reasons());
        assertEquals(2, policy.observed);
        assertEquals(Optional.empty(), policy.setBackTo);
        assertEquals(9, next(scaler, 5).recommended());
    }

    @Test
    void aControllerThatFailsIsAnOutcomeWithItsReason() {
        AutoScaler scaler = scaler(new Fixed("a", 9));
        Pool pool = new Pool();
        pool.failure = Optional.of("the quota is used up");
        ScalingDecision decision = decide(scaler, 5);
        assertEquals(new ScalingOutcome.Failed("the quota is used up"), scaler.applyScalingDecision(decision, pool));
        assertEquals(1, scaler.getScalingStatus().failures());
        assertEquals(Optional.empty(), scaler.getScalingStatus().lastAction());
        pool.failure = Optional.empty();
        assertInstanceOf(ScalingOutcome.Applied.class, scaler.applyScalingDecision(next(scaler, 5), pool));
        assertEquals(List.of(9), pool.asked);
    }

    @Test
    void aBugOfAControllerComesThroughAndNothingIsRecorded() {
        AutoScaler scaler = scaler(new Fixed("a", 9));
        ScalingDecision decision = decide(scaler, 5);
        InstanceController broken = new InstanceController() {
            @Override
            public InstanceCounts counts() {
                return new InstanceCounts(5, 5, 0);
            }

            @Override
            public void scaleTo(int instances) {
                throw new IllegalStateException("bug");
            }
        };
        assertThrows(IllegalStateException.class, () -> scaler.applyScalingDecision(decision, broken));
        assertEquals(List.of(), scaler.getScalingHistory(Instant.EPOCH));
    }

    @Test
    void aDecisionAppliedTwiceIsRecordedOnceWithOldAndNewCounts() {
        ScalingRule rule = ScalingRule.named("rule").build();
        AutoScaler scaler = scaler(
                ScalingBehaviour.DEFAULT.toBuilder()
                        .combination(new LargestWish())
                        .build(),
                rule,
                new Fixed("a", 9));
        Pool pool = new Pool();
        ScalingDecision decision = decide(scaler, 5);
        ScalingOutcome outcome = scaler.applyScalingDecision(decision, pool);
        assertEquals(new ScalingOutcome.Applied(new ScaleAction(clock.instant(), 5, 9)), outcome);
        clock.advanceSeconds(1);
        assertEquals(outcome, scaler.applyScalingDecision(decision, pool));
        assertEquals(List.of(9), pool.asked);
        assertEquals(List.of(new ScalingRecord(decision, outcome)), scaler.getScalingHistory(Instant.EPOCH));
        assertEquals(1, rule.getScalingStatistics().ups());
    }

    @Test
    void theSameMetricsGetTheSameDecisionAndAreObservedOnce() {
        Fixed policy = new Fixed("a", 9);
        AutoScaler scaler = scaler(policy);
        assertEquals(decide(scaler, 5), decide(scaler, 5));
        assertEquals(1, policy.observed);
    }

    @Test
    void pausedItDecidesAndDoesNotAct() {
        AutoScaler scaler = scaler(new Fixed("a", 9));
        Pool pool = new Pool();
        scaler.pause("maintenance");
        assertEquals(
                new ScalingOutcome.Advised("paused: maintenance"),
                scaler.applyScalingDecision(decide(scaler, 5), pool));
        assertEquals(List.of(), pool.asked);
        scaler.resume();
        scaler.applyScalingDecision(next(scaler, 5), pool);
        assertEquals(List.of(9), pool.asked);
    }

    @Test
    void advisoryItNeverActs() {
        AutoScaler scaler =
                scaler(ScalingBehaviour.DEFAULT.toBuilder().advisory(true).build(), new Fixed("a", 9));
        assertInstanceOf(ScalingOutcome.Advised.class, scaler.applyScalingDecision(decide(scaler, 5), new Pool()));
        assertTrue(scaler.getScalingStatus().advisory().isPresent());
    }

    @Test
    void aChangeWithinTheToleranceIsNone() {
        Fixed policy = new Fixed("a", 11);
        AutoScaler scaler =
                scaler(ScalingBehaviour.DEFAULT.toBuilder().tolerance(0.1).build(), policy);
        assertEquals(10, decide(scaler, 10).recommended());
        policy.wish(12);
        assertEquals(12, next(scaler, 10).recommended());
    }

    @Test
    void stabilisationFollowsTheSmallestWishUpAndTheLargestDown() {
        Fixed policy = new Fixed("a", 9);
        AutoScaler scaler = scaler(
                ScalingBehaviour.DEFAULT.toBuilder()
                        .stabilisation(Duration.ofSeconds(15), Duration.ofSeconds(30))
                        .build(),
                policy);
        // What was wished for before is not known: as in Kubernetes, the number that there is stands for it. To follow
        // the first
        // wish at once would be to follow one that nothing says will last.
        assertEquals(5, decide(scaler, 5).recommended(), "9 have not been wished for throughout 15 s");
        policy.wish(12);
        assertEquals(9, next(scaler, 5).recommended());
        policy.wish(2);
        assertEquals(9, next(scaler, 9).recommended(), "12 were wished for 15 s ago");
        policy.wish(3);
        assertEquals(9, next(scaler, 9).recommended(), "12 were wished for 30 s ago");
        assertEquals(3, next(scaler, 9).recommended());
    }

    @Test
    void afterALeapAWishStillHasToLastBeforeItIsFollowed() {
        Fixed policy = new Fixed("a", 20);
        AutoScaler scaler = scaler(
                ScalingBehaviour.DEFAULT.toBuilder()
                        .stabilisation(Duration.ZERO, Duration.ofSeconds(30))
                        .build(),
                policy);
        assertEquals(20, decide(scaler, 5).recommended(), "a window of no length holds nothing back");
        clock.advanceSeconds(151);
        policy.wish(1);
        assertFalse(decide(scaler, 20).isChange(), "the clock leapt");
        ScalingDecision held = next(scaler, 20);
        assertFalse(held.isChange());
        assertEquals(
                "stabilised: 20 were wished for within 30 s", held.reasons().get(1));
        assertFalse(next(scaler, 20).isChange());
        assertEquals(1, next(scaler, 20).recommended());
    }

    @Test
    void aGapThatIsNoLeapButLongerThanAWindowDoesNotEmptyIt() {
        Fixed policy = new Fixed("a", 20);
        AutoScaler scaler = scaler(
                ScalingBehaviour.DEFAULT.toBuilder()
                        .stabilisation(Duration.ZERO, Duration.ofSeconds(30))
                        .build(),
                policy);
        decide(scaler, 20);
        clock.advanceSeconds(100);
        policy.wish(1);
        assertEquals(20, decide(scaler, 20).recommended(), "20 was the wish until now");
        assertEquals(20, next(scaler, 20).recommended());
        assertEquals(1, next(scaler, 20).recommended());
    }

    @Test
    void stepLimitsCountWhatWasDoneWithinThePeriod() {
        Fixed policy = new Fixed("a", 20);
        StepLimit limit = new StepLimit(StepLimit.Direction.UP, 4, 0.5, Duration.ofSeconds(60));
        AutoScaler scaler = scaler(
                ScalingBehaviour.DEFAULT.toBuilder().stepLimits(List.of(limit)).build(), policy);
        Pool pool = new Pool();
        ScalingDecision first = decide(scaler, 4);
        assertEquals(8, first.recommended());
        scaler.applyScalingDecision(first, pool);
        assertEquals(8, next(scaler, 8).recommended(), "4 of 4 within the minute");
        clock.advanceSeconds(30);
        assertEquals(12, next(scaler, 8).recommended());
        policy.wish(1);
        assertEquals(1, next(scaler, 8).recommended(), "the limit is one way");
    }

    @Test
    void stepLimitsCountWhatWasDoneBeforeALeapButNotWhatAClockThatWasSetBackDated() {
        StepLimit limit = new StepLimit(StepLimit.Direction.UP, 4, 0, Duration.ofMinutes(10));
        AutoScaler scaler = scaler(
                ScalingBehaviour.DEFAULT.toBuilder().stepLimits(List.of(limit)).build(), new Fixed("a", 20));
        scaler.applyScalingDecision(decide(scaler, 4), new Pool());
        clock.advanceSeconds(151);
        decide(scaler, 8);
        assertEquals(8, next(scaler, 8).recommended(), "4 within 10 min");
        clock.advance(Duration.ofHours(-1));
        decide(scaler, 8);
        assertEquals(12, next(scaler, 8).recommended());
    }

    @Test
    void aScheduleIsAFloorByTheTimeOfItsZone() {
        AutoScaler scaler = scaler(
                ScalingBehaviour.DEFAULT.toBuilder()
                        .schedules(List.of(schedule("noon", LocalTime.of(13, 0), LocalTime.of(13, 30), 6)))
                        .build(),
                new Fixed("a", 2));
        // 12:00 UTC is 13:00 in Berlin.
        assertEquals(6, decide(scaler, 2).recommended());
        clock.advance(Duration.ofMinutes(30));
        decide(scaler, 6);
        assertEquals(2, next(scaler, 6).recommended());
    }

    @Test
    void aScheduleOverMidnightBelongsToTheDayThatItBeginsOn() {
        Schedule night = schedule("night", LocalTime.of(22, 0), LocalTime.of(2, 0), 6);
        assertTrue(night.holds(Instant.parse("2026-03-02T21:30:00Z")));
        assertTrue(night.holds(Instant.parse("2026-03-03T00:30:00Z")));
        assertFalse(night.holds(Instant.parse("2026-03-02T00:30:00Z")), "that night began on Sunday");
        assertFalse(night.holds(Instant.parse("2026-03-03T01:00:00Z")));
    }

    @Test
    void anHoursBudgetIsABoundAndADaysBudgetKeepsTheFewestPaidForUntilMidnight() {
        Budget budget = new Budget(0.5, OptionalDouble.of(4), OptionalDouble.of(20), ZoneOffset.UTC);
        AutoScaler scaler = scaler(
                ScalingBehaviour.DEFAULT.toBuilder()
                        .budget(budget)
                        .gapIntervals(1000)
                        .build(),
                new Fixed("a", 20));
        assertEquals(8, decide(scaler, 8).recommended());
        for (int quarter = 0; quarter < 13; quarter++) {
            clock.advance(Duration.ofMinutes(15));
            decide(scaler, 8);
        }
        // 3.25 h of 8 instances cost 13; 8.75 h of one cost 4.375; of 20 2.625 are left, five instances for an hour.
        assertEquals(6, scaler.getScalingStatus().lastDecision().orElseThrow().recommended());
    }

    @Test
    void moreInstancesThanTasksAreNoUse() {
        ResourceMetrics skewed = now(10).with(Metric.RUNNING_TASKS, 1)
                .with(Metric.PENDING_TASKS, 0)
                .with(Metric.SLOTS_PER_INSTANCE, 2)
                .label("stage", "stage 3 (count at Job.java:7)")
                .build();
        ScalingDecision decision = scaler(new Fixed("a", 10)).evaluateScaling(skewed);
        assertEquals(1, decision.recommended());
        assertEquals(
                "more than 1 instances have nothing to do: 1 tasks (stage 3 (count at Job.java:7)), 2 slots an instance",
                decision.reasons().get(1));
    }

    @Test
    void whatIsAskedForAndNotGivenStopsTheClimb() {
        AutoScaler scaler = scaler(new Fixed("a", 12));
        ScalingDecision decision = null;
        for (int tick = 0; tick <= 4; tick++) {
            assertEquals(Optional.empty(), scaler.getScalingStatus().unfulfilled());
            decision = scaler.evaluateScaling(ResourceMetrics.at(clock.advanceSeconds(15))
                    .with(Metric.REQUESTED_INSTANCES, 10)
                    .with(Metric.ACTIVE_INSTANCES, 4)
                    .with(Metric.PROVISIONING_TIME, 20)
                    .build());
        }
        assertFalse(decision.isChange());
        assertEquals(
                Optional.of("asked for but not given: 10 instances asked for, 4 there at most for 60 s: not climbing"),
                scaler.getScalingStatus().unfulfilled());
        clock.advanceSeconds(15);
        assertEquals(12, decide(scaler, 10).recommended(), "they came");
    }

    @Test
    void aClimbThatDoesNotHelpIsTheLast() {
        Fixed policy = new Fixed("a", 8);
        AutoScaler scaler = scaler(
                ScalingBehaviour.DEFAULT.toBuilder()
                        .effectiveShare(0.1)
                        .patience(1)
                        .build(),
                policy);
        Pool pool = new Pool();
        scaler.applyScalingDecision(scaler.evaluateScaling(busy(4, 100)), pool);
        policy.wish(16);
        clock.advanceSeconds(15);
        assertEquals(16, scaler.evaluateScaling(busy(8, 101)).recommended(), "too early to tell");
        clock.advanceSeconds(15);
        ScalingDecision decision = scaler.evaluateScaling(busy(8, 109));
        assertEquals(8, decision.recommended(), "100 more were promised, 9 came");
        assertEquals(
                "scaling does not help: from 4 to 8 instances the throughput went from 100 to 109 with work"
                        + " waiting: not climbing",
                scaler.getScalingStatus().ineffective().orElseThrow());
        policy.wish(6);
        clock.advanceSeconds(15);
        assertEquals(6, scaler.evaluateScaling(busy(8, 109)).recommended());
        assertEquals(Optional.empty(), scaler.getScalingStatus().ineffective());
    }

    private ResourceMetrics busy(int instances, double requests) {
        return now(instances)
                .with(Metric.REQUESTS, requests)
                .with(Metric.QUEUED_WORK, 50)
                .with(Metric.PROVISIONING_TIME, 30)
                .build();
    }

    @Test
    void theHistoryIsBounded() {
        AutoScaler scaler =
                scaler(ScalingBehaviour.DEFAULT.toBuilder().historySize(2).build(), new Fixed("a", 9));
        for (int tick = 0; tick < 5; tick++) {
            scaler.applyScalingDecision(next(scaler, 5), new Pool());
        }
        assertEquals(2, scaler.getScalingHistory(Instant.EPOCH).size());
        assertEquals(5, scaler.getScalingStatus().ups());
        assertEquals(1, scaler.getScalingHistory(clock.instant()).size());
    }

    @Test
    void climbsInARowAreJudgedWithTheFirst() {
        Fixed policy = new Fixed("a", 8);
        AutoScaler scaler = scaler(
                ScalingBehaviour.DEFAULT.toBuilder()
                        .effectiveShare(0.1)
                        .patience(1)
                        .build(),
                policy);
        Pool pool = new Pool();
        scaler.applyScalingDecision(scaler.evaluateScaling(busy(4, 100)), pool);
        clock.advanceSeconds(15);
        policy.wish(10);
        scaler.applyScalingDecision(scaler.evaluateScaling(busy(8, 100)), pool);
        clock.advanceSeconds(15);
        policy.wish(12);
        assertEquals(10, scaler.evaluateScaling(busy(10, 100)).recommended());
        assertEquals(List.of(8, 10), pool.asked);
    }

    @Test
    void aControllersCountsAreMetrics() {
        InstanceController controller = new InstanceController() {
            @Override
            public InstanceCounts counts() {
                return new InstanceCounts(3, 5, 1);
            }

            @Override
            public void scaleTo(int instances) {
                throw new AssertionError("not asked for");
            }
        };
        ResourceMetrics metrics = MetricsCollector.counts(controller).collect(clock.instant());
        assertEquals(3, metrics.get(Metric.ACTIVE_INSTANCES).orElseThrow());
        assertEquals(5, metrics.requestedInstances().orElseThrow());
    }

    /** Whatever is wished for, it is within the bounds, and whatever changes has a reason. */
    @Property
    void decisionsAreWithinTheBounds(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 0, max = 100) Integer> wishes,
            @ForAll @IntRange(min = 0, max = 40) int instances) {
        Fixed policy = new Fixed("a", 1);
        AutoScaler scaler = scaler(
                ScalingBehaviour.DEFAULT.toBuilder()
                        .tolerance(0.1)
                        .stabilisation(Duration.ofSeconds(30), Duration.ofSeconds(60))
                        .step(new Step.Proportion(0.5))
                        .stepLimits(List.of(
                                new StepLimit(StepLimit.Direction.UP, 4, 1, Duration.ofSeconds(15)),
                                new StepLimit(StepLimit.Direction.DOWN, 2, 0, Duration.ofSeconds(45))))
                        .build(),
                policy);
        int present = instances;
        for (int wish : wishes) {
            policy.wish(wish);
            ScalingDecision decision = next(scaler, present);
            assertTrue(decision.recommended() >= 1 && decision.recommended() <= 20);
            assertFalse(decision.reasons().isEmpty());
            scaler.applyScalingDecision(decision, new Pool());
            present = decision.recommended();
        }
    }
}
