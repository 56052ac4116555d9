package io.murmuration.scaling.spark;

import io.murmuration.report.ScalingEntry;
import io.murmuration.report.ScalingEntry.Kind;
import io.murmuration.report.ScalingEntry.Outcome;
import io.murmuration.report.ScalingEntry.Voice;
import io.murmuration.report.ScalingReport;
import io.murmuration.report.ScalingTick;
import io.murmuration.scaling.Metric;
import io.murmuration.scaling.PolicyEvaluation;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScalingDecision;
import io.murmuration.scaling.ScalingOutcome;
import io.murmuration.scaling.Wish;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Remembers ticks as the scaling page tells them: numbers of each, and words of those that were to change something. The
 * memory is bounded; what is oldest is forgotten first.
 */
public final class TickHistory implements TickSink {
    private final int mostTicks;
    private final int mostChanges;
    private final Deque<ScalingTick> ticks = new ArrayDeque<>();
    private final Deque<ScalingEntry> changes = new ArrayDeque<>();
    private Optional<ScalingEntry> latest = Optional.empty();
    private String state = "it has not ticked yet";

    /**
     * @param mostTicks ticks remembered, at least 1
     * @param mostChanges changes remembered, at least 1
     */
    public TickHistory(int mostTicks, int mostChanges) {
        if (mostTicks < 1 || mostChanges < 1) {
            throw new IllegalArgumentException("a history of " + mostTicks + " ticks and " + mostChanges
                    + " changes, expected at least one of each");
        }
        this.mostTicks = mostTicks;
        this.mostChanges = mostChanges;
    }

    @Override
    public String name() {
        return "The page";
    }

    @Override
    public void accept(TickRecord tick) {
        add(tick.metrics(), tick.decision(), tick.outcome(), tick.state().inWords());
    }

    /**
     * Adds a tick, later than those before.
     *
     * @param howItStands with the control of instances after it, in a sentence without its full stop
     */
    public synchronized void add(
            ResourceMetrics metrics, ScalingDecision decision, ScalingOutcome outcome, String howItStands) {
        state = howItStands;
        addBounded(ticks, tick(metrics, outcome), mostTicks);
        ScalingEntry entry = entry(decision, outcome);
        if (entry.isChange()) {
            boolean again = latest.filter(before -> before.isRepeatedBy(entry)).isPresent();
            addBounded(changes, again ? changes.removeLast().and(entry) : entry, mostChanges);
        }
        latest = Optional.of(entry);
    }

    private static <T> void addBounded(Deque<T> things, T thing, int most) {
        things.addLast(thing);
        if (things.size() > most) {
            things.removeFirst();
        }
    }

    /** What there is to tell now. */
    public synchronized ScalingReport report(String title) {
        return new ScalingReport(title, List.copyOf(ticks), List.copyOf(changes), latest, state);
    }

    private static ScalingTick tick(ResourceMetrics metrics, ScalingOutcome outcome) {
        int ready = (int) metrics.get(Metric.ACTIVE_INSTANCES, 0);
        int requested = outcome instanceof ScalingOutcome.Applied applied
                ? applied.action().to()
                : metrics.requestedInstances().orElse(ready);
        return new ScalingTick(
                metrics.timestamp(),
                demand(metrics),
                ready,
                requested,
                (int) metrics.get(SparkMetrics.LEAVING_INSTANCES, 0),
                queueSeconds(metrics, ready));
    }

    /** Where tasks are counted, those that run and wait over the slots of an instance; else load and queue over its capacity. */
    private static OptionalDouble demand(ResourceMetrics metrics) {
        OptionalDouble tasks = sum(metrics, Metric.RUNNING_TASKS, Metric.PENDING_TASKS);
        return tasks.isPresent()
                ? over(tasks, metrics.get(Metric.SLOTS_PER_INSTANCE))
                : over(sum(metrics, Metric.LOAD, Metric.QUEUED_WORK), metrics.get(Metric.INSTANCE_CAPACITY));
    }

    /** Work is counted in slot-seconds: what is queued over the slots that are ready. */
    private static OptionalDouble queueSeconds(ResourceMetrics metrics, int ready) {
        OptionalDouble queued = metrics.get(Metric.QUEUED_WORK);
        OptionalDouble slots = metrics.get(Metric.SLOTS_PER_INSTANCE);
        return slots.isPresent()
                ? over(queued, OptionalDouble.of(slots.getAsDouble() * ready))
                : OptionalDouble.empty();
    }

    private static OptionalDouble sum(ResourceMetrics metrics, Metric one, Metric other) {
        OptionalDouble first = metrics.get(one);
        OptionalDouble second = metrics.get(other);
        return first.isPresent() && second.isPresent()
                ? OptionalDouble.of(first.getAsDouble() + second.getAsDouble())
                : OptionalDouble.empty();
    }

    private static OptionalDouble over(OptionalDouble value, OptionalDouble divisor) {
        return value.isPresent() && divisor.isPresent() && divisor.getAsDouble() > 0
                ? OptionalDouble.of(value.getAsDouble() / divisor.getAsDouble())
                : OptionalDouble.empty();
    }

    private static ScalingEntry entry(ScalingDecision decision, ScalingOutcome outcome) {
        return ScalingEntry.once(
                decision.at(),
                decision.present(),
                decision.recommended(),
                decision.evaluations().stream().map(TickHistory::voice).toList(),
                decision.reasons(),
                told(outcome));
    }

    private static Voice voice(PolicyEvaluation evaluation) {
        Wish wish = evaluation.wish();
        String word = wish instanceof Wish.Target target
                ? Integer.toString(target.instances())
                : wish instanceof Wish.Hold ? "hold" : "no opinion";
        return new Voice(evaluation.policy(), word, wish.reason());
    }

    private static Outcome told(ScalingOutcome outcome) {
        if (outcome instanceof ScalingOutcome.Advised advised) {
            return new Outcome(Kind.ADVISED, advised.reason());
        }
        if (outcome instanceof ScalingOutcome.Failed failed) {
            return new Outcome(Kind.FAILED, failed.reason());
        }
        return new Outcome(outcome instanceof ScalingOutcome.Applied ? Kind.APPLIED : Kind.UNCHANGED, "");
    }
}
