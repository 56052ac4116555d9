package io.murmuration.orchestration;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Has an orchestrator look at its clock when something is due. Used under its lock alone. */
final class Timer {
    /** What is due later is looked at meanwhile: a clock may be set. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final ScheduledExecutorService scheduler;
    private final InstantSource clock;
    private final Runnable tick;
    private Optional<Instant> next = Optional.empty();
    private Optional<ScheduledFuture<?>> scheduled = Optional.empty();

    Timer(ScheduledExecutorService scheduler, InstantSource clock, Runnable tick) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.tick = tick;
    }

    /** Something is due then; what is due earlier stays so. */
    void dueAt(Instant due) {
        if (scheduler.isShutdown() || next.filter(at -> !at.isAfter(due)).isPresent()) {
            return;
        }
        scheduled.ifPresent(tickBefore -> tickBefore.cancel(false));
        next = Optional.of(due);
        Duration wait = Duration.between(clock.instant(), due);
        Duration bounded = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        // Rounded up: a tick before its time would find nothing due.
        scheduled = Optional.of(scheduler.schedule(tick, Math.max(0, bounded.toMillis() + 1), TimeUnit.MILLISECONDS));
    }

    /** The tick has come. */
    void ticked() {
        next = Optional.empty();
        scheduled = Optional.empty();
    }

    void stop() {
        scheduler.shutdownNow();
    }
}
