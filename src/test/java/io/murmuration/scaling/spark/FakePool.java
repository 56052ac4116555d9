package io.murmuration.scaling.spark;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A cluster manager and the driver's view of its executors, under a virtual clock. What the managers have in common is
 * Spark's CoarseGrainedSchedulerBackend: a total is kept up (what is missing is started, what is lost is replaced) and ends
 * nothing, and executors that are asked to leave stop being active at once. They differ in when and how.
 */
class FakePool implements ExecutorPool, InstantSource {
    /** What a manager does in its own way. */
    enum Manager {
        /** Starts at once; an executor that was killed stays registered for 5 s. */
        STANDALONE(Duration.ZERO, Integer.MAX_VALUE, Duration.ofSeconds(5)),
        /** Acknowledges nothing before its application master is registered, 10 s after the start. */
        YARN(Duration.ofSeconds(10), Integer.MAX_VALUE, Duration.ofSeconds(1)),
        /** Starts at most five at a time, a second apart; pods take a while to end. */
        KUBERNETES(Duration.ZERO, 5, Duration.ofSeconds(3));

        private final Duration acknowledgesAfter;
        private final int startsAtATime;
        private final Duration killTakes;

        Manager(Duration acknowledgesAfter, int startsAtATime, Duration killTakes) {
            this.acknowledgesAfter = acknowledgesAfter;
            this.startsAtATime = startsAtATime;
            this.killTakes = killTakes;
        }
    }

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Duration LAUNCH = Duration.ofSeconds(4);

    /** An executor as it is. */
    static final class Executor {
        private final String id;
        private final Instant addedAt;
        private boolean active = true;
        private Instant goneAt = Instant.MAX;
        private String leaves = "";
        int tasks;
        long cached;
        boolean shuffle;

        private Executor(String id, Instant addedAt) {
            this.id = id;
            this.addedAt = addedAt;
        }
    }

    final Map<String, Executor> executors = new LinkedHashMap<>();
    /** Every total that was asked for, in order. */
    final List<Integer> requests = new ArrayList<>();
    /** Everything that ended executors, in order. */
    final List<String> endings = new ArrayList<>();

    boolean decommissions = true;
    boolean handsOn = true;
    boolean acknowledges = true;
    boolean eventsAreLost;
    int room = Integer.MAX_VALUE;
    /** Executors die as soon as they are there. */
    boolean launchesFail;

    Optional<String> refusal = Optional.empty();

    private final Manager manager;
    private final List<ExecutorEvent> events = new ArrayList<>();
    private final List<Instant> launching = new ArrayList<>();
    private Instant now = START;
    /** As Spark's: 0 until a total was asked for, whatever is there. */
    private int total;

    private int ids;

    FakePool(Manager manager, int already) {
        this.manager = manager;
        for (int i = 0; i < already; i++) {
            register();
        }
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Lets a second pass. */
    void second() {
        now = now.plusSeconds(1);
        for (Executor executor : List.copyOf(executors.values())) {
            if (executor.leaves.equals("decommissioned")
                    && executor.tasks == 0
                    && executor.goneAt.equals(Instant.MAX)) {
                executor.goneAt = now.plusSeconds(1);
            }
            if (!now.isBefore(executor.goneAt)) {
                remove(executor.id, executor.leaves);
            }
        }
        List<Instant> arrived =
                launching.stream().filter(at -> !now.isBefore(at)).toList();
        launching.removeAll(arrived);
        arrived.forEach(at -> register());
        launchWhatIsMissing();
    }

    private void launchWhatIsMissing() {
        long there =
                executors.values().stream().filter(executor -> executor.active).count();
        long missing = Math.min(total, room) - there - launching.size();
        for (int i = 0; i < Math.min(missing, manager.startsAtATime); i++) {
            launching.add(now.plus(LAUNCH));
        }
    }

    private void register() {
        String id = Integer.toString(ids++);
        executors.put(id, new Executor(id, now));
        tell(new ExecutorEvent.Added(id, now));
        if (launchesFail) {
            remove(id, "Unable to create executor");
        }
    }

    /** An executor is lost, or has left. */
    void remove(String id, String reason) {
        executors.remove(id);
        tell(new ExecutorEvent.Removed(id, now, reason));
    }

    private void tell(ExecutorEvent event) {
        if (!eventsAreLost) {
            events.add(event);
        }
    }

    @Override
    public Optional<String> refusal() {
        return refusal;
    }

    @Override
    public List<ExecutorState> executors() {
        return executors.values().stream()
                .map(executor -> new ExecutorState(
                        executor.id,
                        executor.active,
                        executor.tasks,
                        1,
                        executor.cached,
                        executor.shuffle,
                        executor.addedAt))
                .toList();
    }

    @Override
    public List<ExecutorEvent> takeEvents() {
        List<ExecutorEvent> taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    @Override
    public boolean requestTotal(int count) {
        if (!acknowledges || now.isBefore(START.plus(manager.acknowledgesAfter))) {
            return false;
        }
        requests.add(count);
        total = count;
        while (launching.size() > 0 && executors.size() + launching.size() > total) {
            launching.remove(launching.size() - 1);
        }
        launchWhatIsMissing();
        return true;
    }

    @Override
    public boolean canDecommission() {
        return decommissions;
    }

    @Override
    public boolean handsOnBlocks() {
        return decommissions && handsOn;
    }

    @Override
    public Set<String> decommission(Collection<String> ids) {
        for (String id : ids) {
            endings.add("decommission " + id);
            executors.get(id).active = false;
            executors.get(id).leaves = "decommissioned";
        }
        return new LinkedHashSet<>(ids);
    }

    @Override
    public Set<String> killIdle(Collection<String> ids) {
        Set<String> killed = new LinkedHashSet<>();
        for (String id : ids) {
            if (executors.get(id).tasks == 0) {
                endings.add("kill " + id);
                executors.get(id).active = false;
                executors.get(id).leaves = "killed";
                executors.get(id).goneAt = now.plus(manager.killTakes);
                killed.add(id);
            }
        }
        return killed;
    }
}
