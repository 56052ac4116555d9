package io.murmuration.scaling;

import static io.murmuration.scaling.VirtualClock.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TargetPolicyTest {
    private static final ScalingContext CONTEXT =
            new ScalingContext(Duration.ofSeconds(15), 1, 100, Duration.ofSeconds(30));

    private static Wish wish(PerformanceTarget target, ResourceMetrics.Builder metrics) {
        TargetPolicy policy = new TargetPolicy(target, CONTEXT);
        policy.observe(metrics.build());
        return policy.wish();
    }

    private static int instances(PerformanceTarget target, ResourceMetrics.Builder metrics) {
        return assertInstanceOf(Wish.Target.class, wish(target, metrics)).instances();
    }

    private static ResourceMetrics.Builder responses(double millis, double utilisation, int active) {
        return ResourceMetrics.at(NOON)
                .with(Metric.RESPONSE_TIME, millis)
                .with(Metric.UTILISATION, utilisation)
                .with(Metric.ACTIVE_INSTANCES, active);
    }

    @Test
    void theFewestInstancesWithAMeanResponseTime() {
        LatencyTarget target = new LatencyTarget(Duration.ofMillis(100));
        // S = 250 (1 - 0.8) = 50 ms; n = 0.8 * 4 / (1 - 0.5) = 6.4
        assertEquals(7, instances(target, responses(250, 0.8, 4)));
        // S = 62.5 (1 - 0.2) = 50 ms; n = 0.2 * 16 / 0.5 = 6.4
        assertEquals(7, instances(target, responses(62.5, 0.2, 16)));
        // saturated: 4 * 250 / 100
        assertEquals(10, instances(target, responses(250, 1, 4)));
        assertEquals(
                new Wish.Hold("a response takes 300 ms at a utilisation of 0.5, the target is 100 ms: 150 ms of it is"
                        + " no waiting, which no instances help"),
                wish(target, responses(300, 0.5, 4)));
    }

    private static ResourceMetrics.Builder work(double load, double queue) {
        return ResourceMetrics.at(NOON)
                .with(Metric.LOAD, load)
                .with(Metric.QUEUED_WORK, queue)
                .with(Metric.INSTANCE_CAPACITY, 10);
    }

    @Test
    void theQueueIsDoneWithinATime() {
        // 60 s are 4 intervals: (45 + 100 / 4) / 10
        assertEquals(7, instances(new BacklogTarget(Duration.ofMinutes(1)), work(45, 100)));
        // no less than one interval
        assertEquals(15, instances(new BacklogTarget(Duration.ofSeconds(1)), work(45, 100)));
    }

    @Test
    void allWorkIsDoneByADeadline() {
        DeadlineTarget target = new DeadlineTarget(NOON.plusSeconds(150));
        // 10 intervals to go, work for 100 instance-intervals, 12 instances: 10 do
        assertEquals(
                10,
                instances(
                        target, work(0, 1000).with(Metric.ACTIVE_INSTANCES, 12).with(Metric.PROVISIONING_TIME, 60)));
        // 4 instances do 40; new ones come after 4 intervals and have 6: 60 / 6 = 10 more
        assertEquals(
                14,
                instances(target, work(0, 1000).with(Metric.ACTIVE_INSTANCES, 4).with(Metric.PROVISIONING_TIME, 60)));
        assertEquals(
                new Wish.Hold("work for 100 instance-intervals, 150 s to the deadline: new instances would come too"
                        + " late"),
                wish(target, work(0, 1000).with(Metric.ACTIVE_INSTANCES, 4).with(Metric.PROVISIONING_TIME, 150)));
    }

    @Test
    void withoutQueuedWorkADeadlineNeedsNoInstancesAndWhatIsLeftAfterItIsNoLongerItsMatter() {
        DeadlineTarget target = new DeadlineTarget(NOON.minusSeconds(15));
        assertEquals(
                new Wish.Target(0, "nothing is queued"),
                wish(target, work(0, 0).with(Metric.ACTIVE_INSTANCES, 4).with(Metric.PROVISIONING_TIME, 60)));
        assertEquals(
                new Wish.Abstain(
                        "the deadline 2026-03-02T11:59:45Z has passed, with work for 100 instance-intervals left"),
                wish(target, work(0, 1000).with(Metric.ACTIVE_INSTANCES, 4).with(Metric.PROVISIONING_TIME, 60)));
    }

    @Test
    void absentMetricsAreNamed() {
        assertEquals(
                new Wish.Abstain("not measured: queued_work, instance_capacity"),
                wish(
                        new BacklogTarget(Duration.ofMinutes(1)),
                        ResourceMetrics.at(NOON).with(Metric.LOAD, 1)));
    }
}
