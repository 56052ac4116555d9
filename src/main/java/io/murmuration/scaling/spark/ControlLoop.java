package io.murmuration.scaling.spark;

import io.murmuration.scaling.AutoScaler;
import io.murmuration.scaling.InstanceCounts;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScalingDecision;
import io.murmuration.scaling.ScalingOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects, decides and applies, tick after tick, on one thread of its own, and tells others of each tick. */
final class ControlLoop implements ScalingControlMXBean {
    private static final Logger LOG = LoggerFactory.getLogger(ControlLoop.class);

    private final PausablePool pool;
    private final SparkMetricsCollector collector;
    private final AutoScaler scaler;
    private final SparkExecutorController controller;
    private final List<SteadySink> sinks;
    private final InstantSource clock;
    private final OwnTime ownTime;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread daemon = new Thread(work, "murmuration-autoscaler");
        daemon.setDaemon(true);
        return daemon;
    });
    private final AtomicInteger failedTicks = new AtomicInteger();
    private volatile Optional<TickRecord> last = Optional.empty();

    ControlLoop(
            PausablePool pool,
            SparkMetricsCollector collector,
            AutoScaler scaler,
            SparkExecutorController controller,
            List<TickSink> sinks,
            InstantSource clock,
            OwnTime ownTime) {
        this.pool = pool;
        this.collector = collector;
        this.scaler = scaler;
        this.controller = controller;
        this.sinks = sinks.stream().map(sink -> new SteadySink(sink, LOG::warn)).toList();
        this.clock = clock;
        this.ownTime = ownTime;
    }

    /** Begins to tick, the first time at once. */
    void start(Duration interval) {
        // What it does never throws, so that its future tells nothing.
        var unused = thread.scheduleWithFixedDelay(
                () -> ownTime.of(this::tickSafely), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ticks no more; waits for the tick that is under way. */
    void stop() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A tick that goes wrong must not end the ticks to come, whatever it throws: Scala declares no exceptions, so that
     * Spark throws checked ones where Java expects none, and a class that is missing is an error.
     */
    void tickSafely() {
        try {
            tick();
        } catch (Throwable failure) {
            if (thread.isShutdown()) {
                // It was interrupted, or Spark is going away under it.
                LOG.debug("The last tick of the autoscaler was cut short", failure);
                return;
            }
            failedTicks.incrementAndGet();
            LOG.warn("A tick of the autoscaler failed; it tries again at the next", failure);
        }
    }

    /** Collects, decides, applies. */
    void tick() {
        controller.observe();
        ResourceMetrics metrics = collector.collect(clock.instant());
        Instant decided = clock.instant();
        ScalingDecision decision = scaler.evaluateScaling(metrics);
        ScalingOutcome outcome = apply(decision);
        controller.release();
        InstanceCounts counts = controller.counts();
        TickRecord tick = new TickRecord(decided, metrics, decision, outcome, counts, controller.state());
        logWhatIsNew(tick);
        last = Optional.of(tick);
        sinks.forEach(sink -> sink.accept(tick));
    }

    private ScalingOutcome apply(ScalingDecision decision) {
        if (!decision.isChange()) {
            return new ScalingOutcome.Unchanged();
        }
        return controller.state() instanceof ControllerState.Refused refused
                ? new ScalingOutcome.Advised(refused.inWords())
                : scaler.applyScalingDecision(decision, controller);
    }

    private void logWhatIsNew(TickRecord tick) {
        if (tick.outcome() instanceof ScalingOutcome.Applied applied) {
            LOG.info(
                    "From {} to {} executors: {}",
                    applied.action().from(),
                    applied.action().to(),
                    String.join("; ", tick.decision().reasons()));
        }
        if (tick.outcome() instanceof ScalingOutcome.Failed failed && !sameOutcomeAsBefore(tick)) {
            LOG.warn("{} executors could not be asked for: {}", tick.decision().recommended(), failed.reason());
        }
        boolean sameState = last.map(
                        before -> before.state().getClass() == tick.state().getClass())
                .orElse(tick.state() instanceof ControllerState.Working);
        if (!sameState) {
            LOG.info("State: {}", tick.state().inWords());
        }
    }

    private boolean sameOutcomeAsBefore(TickRecord tick) {
        return last.filter(
                        before -> before.outcome().getClass() == tick.outcome().getClass())
                .isPresent();
    }

    /** The last tick; empty before the first. */
    Optional<TickRecord> last() {
        return last;
    }

    /** Ticks that ended in an error. */
    int failedTicks() {
        return failedTicks.get();
    }

    @Override
    public boolean isPaused() {
        return pool.isPaused();
    }

    @Override
    public void setPaused(boolean pause) {
        pool.setPaused(pause);
        LOG.info(pause ? "Paused: decisions are not carried out" : "The pause is over");
    }

    @Override
    public String getRefusal() {
        return pool.refusal().orElse("");
    }

    @Override
    public String getState() {
        return last.map(tick -> tick.state().inWords()).orElse("it has not ticked yet");
    }

    @Override
    public String getLastReason() {
        return last.map(tick -> String.join("; ", tick.decision().reasons())).orElse("");
    }
}
