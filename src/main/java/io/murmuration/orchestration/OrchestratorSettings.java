package io.murmuration.orchestration;

import java.time.Duration;

/**
 * How an orchestrator behaves.
 *
 * @param rule who gets which task
 * @param timing when tasks are assigned
 * @param queueCapacity tasks that may be queued before requests are refused, at least 1; tasks that come back are always taken
 * @param lease how long an agent that fetches its tasks may be silent, above 0
 * @param timeLimit of an attempt whose task has none of its own, above 0
 * @param ageingStep waiting this long is worth one priority more, above 0 and at most 100 days
 * @param keptTasks ended tasks that are kept, at least 0
 * @param keptFor how long ended tasks are kept, above 0
 * @param keptRounds the last rounds that are kept, at least 0
 * @param keptDecisions the last decisions that are kept with a task besides the first one, and late answers, at least 1
 * @param pairsAtOnce pairs of agents and kinds of tasks up to which a round is one step that nothing comes between; larger ones
 *     are solved while other things go on, and what is still possible of them is done then; at least 0
 */
public record OrchestratorSettings(
        AssignmentRule rule,
        RoundTiming timing,
        int queueCapacity,
        Duration lease,
        Duration timeLimit,
        Duration ageingStep,
        int keptTasks,
        Duration keptFor,
        int keptRounds,
        int keptDecisions,
        int pairsAtOnce) {
    private static final Duration LONGEST_STEP = Duration.ofDays(100);

    public static final OrchestratorSettings DEFAULT = new OrchestratorSettings(
            AssignmentRule.OPTIMAL,
            RoundTiming.IMMEDIATE,
            10_000,
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofSeconds(30),
            10_000,
            Duration.ofHours(1),
            100,
            20,
            4096);

    /** @throws IllegalArgumentException if a value is out of range, naming it */
    public OrchestratorSettings {
        atLeast("queueCapacity", queueCapacity, 1);
        positive("lease", lease);
        positive("timeLimit", timeLimit);
        positive("ageingStep", ageingStep);
        // So that any priority in steps is a time that an Instant can tell.
        if (ageingStep.compareTo(LONGEST_STEP) > 0) {
            throw new IllegalArgumentException("ageingStep is " + ageingStep + ", expected at most " + LONGEST_STEP);
        }
        atLeast("keptTasks", keptTasks, 0);
        positive("keptFor", keptFor);
        atLeast("keptRounds", keptRounds, 0);
        atLeast("keptDecisions", keptDecisions, 1);
        atLeast("pairsAtOnce", pairsAtOnce, 0);
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ", expected at least " + least);
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " is " + value + ", expected more than 0");
        }
    }

    public OrchestratorSettings withRule(AssignmentRule value) {
        return new OrchestratorSettings(
                value,
                timing,
                queueCapacity,
                lease,
                timeLimit,
                ageingStep,
                keptTasks,
                keptFor,
                keptRounds,
                keptDecisions,
                pairsAtOnce);
    }

    public OrchestratorSettings withTiming(RoundTiming value) {
        return new OrchestratorSettings(
                rule,
                value,
                queueCapacity,
                lease,
                timeLimit,
                ageingStep,
                keptTasks,
                keptFor,
                keptRounds,
                keptDecisions,
                pairsAtOnce);
    }

    public OrchestratorSettings withQueueCapacity(int value) {
        return new OrchestratorSettings(
                rule,
                timing,
                value,
                lease,
                timeLimit,
                ageingStep,
                keptTasks,
                keptFor,
                keptRounds,
                keptDecisions,
                pairsAtOnce);
    }

    public OrchestratorSettings withLease(Duration value) {
        return new OrchestratorSettings(
                rule,
                timing,
                queueCapacity,
                value,
                timeLimit,
                ageingStep,
                keptTasks,
                keptFor,
                keptRounds,
                keptDecisions,
                pairsAtOnce);
    }

    public OrchestratorSettings withTimeLimit(Duration value) {
        return new OrchestratorSettings(
                rule,
                timing,
                queueCapacity,
                lease,
                value,
                ageingStep,
                keptTasks,
                keptFor,
                keptRounds,
                keptDecisions,
                pairsAtOnce);
    }

    public OrchestratorSettings withAgeingStep(Duration value) {
        return new OrchestratorSettings(
                rule,
                timing,
                queueCapacity,
                lease,
                timeLimit,
                value,
                keptTasks,
                keptFor,
                keptRounds,
                keptDecisions,
                pairsAtOnce);
    }

    /** With as many ended tasks kept, and as long. */
    public OrchestratorSettings withKept(int tasks, Duration time) {
        return new OrchestratorSettings(
                rule,
                timing,
                queueCapacity,
                lease,
                timeLimit,
                ageingStep,
                tasks,
                time,
                keptRounds,
                keptDecisions,
                pairsAtOnce);
    }

    public OrchestratorSettings withKeptRounds(int value) {
        return new OrchestratorSettings(
                rule,
                timing,
                queueCapacity,
                lease,
                timeLimit,
                ageingStep,
                keptTasks,
                keptFor,
                value,
                keptDecisions,
                pairsAtOnce);
    }

    public OrchestratorSettings withPairsAtOnce(int value) {
        return new OrchestratorSettings(
                rule,
                timing,
                queueCapacity,
                lease,
                timeLimit,
                ageingStep,
                keptTasks,
                keptFor,
                keptRounds,
                keptDecisions,
                value);
    }
}
