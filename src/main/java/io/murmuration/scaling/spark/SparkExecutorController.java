package io.murmuration.scaling.spark;

import io.murmuration.scaling.InstanceController;
import io.murmuration.scaling.InstanceCounts;
import io.murmuration.scaling.ScalingFailedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Changes the number of an application's executors. Only totals are ever asked for, and one is before any executor is
 * ended: Spark takes the end of an executor before the first request for a target of 0 and replaces none that is lost then.
 * Asking for fewer ends none, so that those to go are chosen here, one after the other as they become idle. To be used by
 * one thread, which calls {@link #observe} at the begin of each tick and {@link
 * #release} at its end.
 */
public final class SparkExecutorController implements InstanceController {
    /** Provisioning times after which an executor that was asked for should be there. */
    private static final double PATIENCE = 3;

    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(30);
    /** An executor that is lost this early has failed to start. */
    private static final Duration SETTLED = Duration.ofSeconds(30);

    private final ExecutorPool pool;
    private final int initial;
    private final Victims victims;
    private final LaunchBreaker breaker;
    private final InstantSource clock;
    private final ProvisioningTimes provisioning = new ProvisioningTimes();
    /** When each known executor came. */
    private final Map<String, Instant> known = new HashMap<>();
    /** Known ones that were not there at the last tick, while no event has told why. */
    private Set<String> missing = new HashSet<>();

    private final Set<String> leaving = new HashSet<>();
    private List<ExecutorState> executors = List.of();
    private Optional<Integer> requested = Optional.empty();

    private SparkExecutorController(
            ExecutorPool pool, int initial, Victims victims, LaunchBreaker breaker, InstantSource clock) {
        this.pool = pool;
        this.initial = initial;
        this.victims = victims;
        this.breaker = breaker;
        this.clock = clock;
    }

    /**
     * A controller that ends no executor while it runs tasks. Where those that leave hand on no blocks it ends none either
     * that holds cached ones, or shuffle files that may be read again.
     *
     * @param initial executors to ask for first, where fewer are there
     */
    static SparkExecutorController careful(ExecutorPool pool, int initial, LaunchBreaker breaker, InstantSource clock) {
        return new SparkExecutorController(
                pool, initial, pool.handsOnBlocks() ? Victims.idle() : Victims.idleAndEmpty(), breaker, clock);
    }

    /**
     * A controller that also decommissions executors that run tasks, which they finish before they leave, so that those
     * asked to leave do so although tasks are spread over all of them.
     *
     * @throws IllegalArgumentException if executors cannot be decommissioned
     */
    static SparkExecutorController resolute(
            ExecutorPool pool, int initial, LaunchBreaker breaker, InstantSource clock) {
        if (!pool.canDecommission()) {
            throw new IllegalArgumentException(
                    "executors that run tasks are to leave, but spark.decommission.enabled is"
                            + " false, so that their tasks would be lost");
        }
        return new SparkExecutorController(pool, initial, Victims.idleFirst(), breaker, clock);
    }

    /** Brings what is known here and what there is together; the first time it also asks for what there should be first. */
    void observe() {
        Instant now = clock.instant();
        for (ExecutorEvent event : pool.takeEvents()) {
            if (event instanceof ExecutorEvent.Added added) {
                came(added.id(), added.at());
            } else if (event instanceof ExecutorEvent.Removed removed) {
                gone(removed.id(), removed.at(), removed.reason());
            }
        }
        executors = pool.executors();
        findWhatNoEventTold(now);
        known.values().stream()
                .filter(since -> Duration.between(since, now).compareTo(SETTLED) >= 0)
                .forEach(breaker::lives);
        if (requested.isEmpty() && pool.refusal().isEmpty()) {
            seed(now);
        }
        if (requested.isPresent() && active() >= requested.get()) {
            provisioning.withdrawn(provisioning.outstanding());
        }
    }

    /** Has executors leave that are too many, of those that may; the others are looked at again at the next tick. */
    void release() {
        int tooMany = requested.map(total -> active() - total).orElse(0);
        if (tooMany <= 0 || pool.refusal().isPresent()) {
            return;
        }
        List<String> chosen = victims.choose(executors, tooMany);
        if (!chosen.isEmpty()) {
            leaving.addAll(pool.canDecommission() ? pool.decommission(chosen) : pool.killIdle(chosen));
            executors = pool.executors();
        }
    }

    private void came(String id, Instant at) {
        if (known.putIfAbsent(id, at) == null) {
            provisioning.given(at);
        }
    }

    private void gone(String id, Instant at, String reason) {
        Instant since = known.remove(id);
        boolean asked = leaving.remove(id);
        if (since == null || asked) {
            return;
        }
        // The cluster manager replaces it, by itself.
        provisioning.asked(1, at);
        if (Duration.between(since, at).compareTo(SETTLED) < 0 && breaker.failed(at, reason)) {
            freeze();
        }
    }

    /** Stops the cluster manager from replacing what fails, over and over. */
    private void freeze() {
        int there = Math.max(1, known.size());
        if (requested.isPresent() && there < requested.get() && pool.requestTotal(there)) {
            provisioning.withdrawn(requested.get() - there);
            requested = Optional.of(there);
        }
    }

    private void findWhatNoEventTold(Instant now) {
        Set<String> there = new HashSet<>();
        executors.forEach(executor -> there.add(executor.id()));
        // An executor is gone before its event arrives, which tells the reason: it gets a tick for that.
        Set<String> absent = new HashSet<>(known.keySet());
        absent.removeAll(there);
        for (String id : absent) {
            if (missing.contains(id)) {
                gone(id, now, "it is gone, and no event told why");
            }
        }
        missing = absent;
        there.forEach(id -> came(id, now));
    }

    private void seed(Instant now) {
        int total = Math.max(initial, executors.size());
        if (pool.requestTotal(total)) {
            requested = Optional.of(total);
            provisioning.asked(total - executors.size(), now);
        }
    }

    private int active() {
        return (int) executors.stream().filter(ExecutorState::active).count();
    }

    @Override
    public InstanceCounts counts() {
        int active = active();
        return new InstanceCounts(active, requested.orElse(active), executors.size() - active);
    }

    @Override
    public void scaleTo(int instances) throws ScalingFailedException {
        Optional<String> refusal = pool.refusal();
        if (refusal.isPresent()) {
            throw new ScalingFailedException(refusal.get());
        }
        if (requested.isEmpty()) {
            throw new ScalingFailedException(new ControllerState.Starting().inWords());
        }
        int before = requested.get();
        Instant now = clock.instant();
        if (instances > before && breaker.isOpen(now)) {
            throw new ScalingFailedException(breaker.reason());
        }
        if (instances == before) {
            return;
        }
        if (!pool.requestTotal(instances)) {
            throw new ScalingFailedException("the cluster manager did not acknowledge a request for " + instances
                    + " executors in all; " + before + " stay asked for");
        }
        requested = Optional.of(instances);
        if (instances > before) {
            provisioning.asked(instances - Math.max(before, active()), now);
        } else {
            provisioning.withdrawn(before - instances);
        }
    }

    /** What was asked for and is there, as of the last tick. */
    List<ExecutorState> executors() {
        return new ArrayList<>(executors);
    }

    /** How long executors take to come, in seconds; empty until one was seen to come. */
    OptionalDouble provisioningSeconds() {
        return provisioning.seconds();
    }

    /** How it stands. */
    ControllerState state() {
        Instant now = clock.instant();
        Optional<String> refusal = pool.refusal();
        if (refusal.isPresent()) {
            return new ControllerState.Refused(refusal.get());
        }
        if (requested.isEmpty()) {
            return new ControllerState.Starting();
        }
        if (breaker.isOpen(now)) {
            return new ControllerState.Broken(breaker.reason());
        }
        return provisioning
                .oldest()
                .map(since -> Duration.between(since, now))
                .filter(wait -> wait.compareTo(patience()) > 0)
                .<ControllerState>map(wait -> new ControllerState.Unfulfilled("asked for but not given: "
                        + requested.get() + " executors are asked for, " + active() + " are there, one has been missing"
                        + " for " + wait.toSeconds() + " s"))
                .orElseGet(ControllerState.Working::new);
    }

    private Duration patience() {
        Duration learned = Duration.ofMillis(
                Math.round(PATIENCE * 1e3 * provisioning.seconds().orElse(0)));
        return learned.compareTo(LEAST_PATIENCE) > 0 ? learned : LEAST_PATIENCE;
    }
}
