package io.murmuration.scaling;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * Thresholds as a policy: more instances where any critical metric has been over its upper threshold for the whole of the
 * evaluation period, fewer where all metrics have been under their lower ones for as long. After a change it holds for a
 * cool-down. A metric that is absent asks for nothing, and forbids going down.
 *
 * <p>{@link #shouldScaleUp} and {@link #shouldScaleDown} say what it would wish if it was shown these metrics next; they
 * change nothing.
 */
public final class ScalingRule implements ScalingPolicy {
    /** Processor 80/30 %, memory 80/40 %, response time 1000/200 ms, queue depth 5/2; all critical. */
    public static final List<Threshold> DEFAULT_THRESHOLDS = List.of(
            Threshold.of(Metric.CPU_PERCENT, 80, 30),
            Threshold.of(Metric.MEMORY_PERCENT, 80, 40),
            Threshold.of(Metric.RESPONSE_TIME, 1000, 200),
            Threshold.of(Metric.QUEUE_DEPTH, 5, 2));

    private static final int HISTORY = 100;
    private static final int SAMPLES = 1000;

    private final Builder settings;
    /** What forecasts are made from: not every metrics, but so many that they cover the history. */
    private final MetricsHistory measured;

    private final Duration spacing;
    private final Deque<ScaleAction> actions = new ArrayDeque<>();
    private Optional<Seen> seen = Optional.empty();
    private Optional<Instant> coolingSince = Optional.empty();
    private long ups;
    private long downs;

    /**
     * What the latest metrics were, what they let expect, since when the conditions hold with them, and whether the clock
     * jumped before.
     */
    private record Seen(Outlook outlook, Streak up, Streak down, Optional<String> jump) {
        ResourceMetrics metrics() {
            return outlook.metrics();
        }

        Instant at() {
            return metrics().timestamp();
        }
    }

    /** Metrics, and the forecasts made with them or with the last ones that were a sample. */
    private record Outlook(ResourceMetrics metrics, Map<Metric, Double> forecasts) {
        OptionalDouble forecast(Metric metric) {
            Double ahead = forecasts.get(metric);
            return ahead == null ? OptionalDouble.empty() : OptionalDouble.of(ahead);
        }
    }

    private ScalingRule(Builder settings) {
        this.settings = settings;
        measured = new MetricsHistory(SAMPLES, settings.forecastHistory);
        spacing = settings.forecastHistory.dividedBy(SAMPLES);
    }

    /** A rule of a name, with the defaults that each setter names. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    @Override
    public String name() {
        return settings.name;
    }

    @Override
    public InstanceRange range() {
        return settings.range;
    }

    @Override
    public void observe(ResourceMetrics metrics) {
        boolean setBack =
                seen.isPresent() && metrics.timestamp().isBefore(seen.get().at());
        if (setBack) {
            // What is left of a cool-down cannot be told any more: it begins anew.
            coolingSince = coolingSince.map(since -> metrics.timestamp());
        }
        seen = Optional.of(next(metrics));
        if (isSample(metrics)) {
            measured.add(metrics);
        }
    }

    @Override
    public Wish wish() {
        return seen.map(this::wish).orElseGet(() -> new Wish.Abstain("nothing was observed yet"));
    }

    /** Whether it would wish for more if it was shown these metrics next; changes nothing. */
    public boolean shouldScaleUp(ResourceMetrics metrics) {
        return change(metrics) > 0;
    }

    /** Whether it would wish for fewer if it was shown these metrics next; changes nothing. */
    public boolean shouldScaleDown(ResourceMetrics metrics) {
        return change(metrics) < 0;
    }

    private int change(ResourceMetrics metrics) {
        return wish(next(metrics)) instanceof Wish.Target target
                ? target.instances() - metrics.requestedInstances().orElseThrow()
                : 0;
    }

    private boolean isSample(ResourceMetrics metrics) {
        return measured.latest()
                .map(ResourceMetrics::timestamp)
                .filter(last -> !metrics.timestamp().isBefore(last)
                        && metrics.timestamp().isBefore(last.plus(spacing)))
                .isEmpty();
    }

    private Seen next(ResourceMetrics metrics) {
        Outlook outlook = outlook(metrics);
        Optional<String> jump = seen.flatMap(last -> jump(last.at(), metrics.timestamp()));
        Streak up = jump.isPresent() ? Streak.NONE : seen.map(Seen::up).orElse(Streak.NONE);
        Streak down = jump.isPresent() ? Streak.NONE : seen.map(Seen::down).orElse(Streak.NONE);
        return new Seen(
                outlook,
                up.next(!over(outlook, up.isRunning()).isEmpty(), metrics.timestamp()),
                down.next(against(outlook, down.isRunning()).isEmpty(), metrics.timestamp()),
                jump);
    }

    private Outlook outlook(ResourceMetrics metrics) {
        if (!isSample(metrics)) {
            return new Outlook(
                    metrics, seen.map(last -> last.outlook().forecasts()).orElse(Map.of()));
        }
        MetricsHistory known = measured.with(metrics);
        Map<Metric, Double> forecasts = new HashMap<>();
        for (Threshold threshold : settings.thresholds) {
            OptionalDouble ahead = known.forecast(threshold.metric(), settings.forecastHorizon, settings.forecaster);
            if (ahead.isPresent() && Double.isFinite(ahead.getAsDouble())) {
                forecasts.put(threshold.metric(), ahead.getAsDouble());
            }
        }
        return new Outlook(metrics, forecasts);
    }

    private Optional<String> jump(Instant last, Instant at) {
        if (at.isBefore(last)) {
            return Optional.of("the clock went back from " + last + " to " + at);
        }
        Duration gap = Duration.between(last, at);
        return gap.compareTo(settings.longestGap) > 0
                ? Optional.of("nothing was seen for " + DurationText.of(gap) + " before " + at)
                : Optional.empty();
    }

    private Wish wish(Seen now) {
        OptionalInt present = now.metrics().requestedInstances();
        if (present.isEmpty()) {
            return new Wish.Abstain("the number of instances was not measured");
        }
        if (settings.isBlind(now.metrics())) {
            return new Wish.Abstain("none of its metrics was measured");
        }
        if (now.jump().isPresent()) {
            return new Wish.Hold(now.jump().get());
        }
        Duration cooling = coolDownRemaining(now.at());
        if (!cooling.isZero()) {
            return new Wish.Hold(
                    "cool-down: " + DurationText.of(cooling) + " of " + DurationText.of(settings.coolDown) + " remain");
        }
        if (now.up().isRunning()) {
            return wish(now, now.up(), String.join("; ", over(now.outlook(), true)), up(now, present.getAsInt()));
        }
        List<String> against = against(now.outlook(), now.down().isRunning());
        return against.isEmpty()
                ? wish(now, now.down(), under(now.metrics()), down(now, present.getAsInt()))
                : new Wish.Hold("nothing is over, and not all is under: " + String.join("; ", against));
    }

    private Wish wish(Seen now, Streak streak, String condition, int target) {
        Duration length = streak.length(now.at());
        if (length.compareTo(settings.evaluationPeriod) < 0) {
            return new Wish.Hold(condition + ", for " + DurationText.of(length) + " of "
                    + DurationText.of(settings.evaluationPeriod));
        }
        int present = now.metrics().requestedInstances().orElseThrow();
        String lasting = condition + ", for " + DurationText.of(length);
        return target == present
                ? new Wish.Hold(lasting + ", but " + present + " instances are as far as the rule goes")
                : new Wish.Target(target, lasting);
    }

    private int up(Seen now, int present) {
        int wished = Math.max(present + 1, proportional(now, present));
        return Math.max(present, Math.min(settings.range.max(), settings.step.towards(present, wished)));
    }

    private int down(Seen now, int present) {
        int wished = Math.min(present - 1, proportional(now, present));
        return Math.min(present, Math.max(settings.range.min(), settings.step.towards(present, wished)));
    }

    /** As many instances as bring the worst metric to its upper threshold, if it is in proportion to their number. */
    private int proportional(Seen now, int present) {
        double worst = 0;
        for (Threshold threshold : settings.thresholds) {
            double value = now.metrics().get(threshold.metric(), 0);
            if (threshold.up() > 0) {
                worst = Math.max(worst, value / threshold.up());
            }
        }
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(present * worst));
    }

    /** All that asks for more, in words. */
    private List<String> over(Outlook outlook, boolean before) {
        ResourceMetrics metrics = outlook.metrics();
        List<String> all = new ArrayList<>();
        for (Threshold threshold : settings.thresholds) {
            if (threshold.critical()) {
                metrics.get(threshold.metric())
                        .ifPresent(value -> addIf(threshold.isOver(value, before), threshold.over(value, ""), all));
                outlook.forecast(threshold.metric())
                        .ifPresent(value ->
                                addIf(threshold.isOver(value, before), threshold.over(value, " forecast"), all));
            }
        }
        settings.upConditions.forEach(condition -> addIf(condition.holds().test(metrics), condition.name(), all));
        return all;
    }

    /** All that forbids going down, in words. */
    private List<String> against(Outlook outlook, boolean before) {
        ResourceMetrics metrics = outlook.metrics();
        List<String> all = new ArrayList<>();
        addIf(
                settings.thresholds.isEmpty() && settings.downConditions.isEmpty(),
                "nothing is watched for going down",
                all);
        for (Threshold threshold : settings.thresholds) {
            OptionalDouble value = metrics.get(threshold.metric());
            if (value.isEmpty()) {
                all.add(threshold.metric() + " is absent");
            } else {
                addIf(
                        !threshold.isUnder(value.getAsDouble(), before),
                        threshold.notUnder(value.getAsDouble(), ""),
                        all);
            }
            outlook.forecast(threshold.metric())
                    .ifPresent(ahead ->
                            addIf(!threshold.isUnder(ahead, before), threshold.notUnder(ahead, " forecast"), all));
        }
        settings.downConditions.forEach(
                condition -> addIf(!condition.holds().test(metrics), "not " + condition.name(), all));
        return all;
    }

    private String under(ResourceMetrics metrics) {
        List<String> all = new ArrayList<>();
        for (Threshold threshold : settings.thresholds) {
            metrics.get(threshold.metric()).ifPresent(value -> all.add(threshold.under(value)));
        }
        settings.downConditions.forEach(condition -> all.add(condition.name()));
        return String.join("; ", all);
    }

    private static void addIf(boolean holds, String text, List<String> texts) {
        if (holds) {
            texts.add(text);
        }
    }

    /** Takes in that the number was changed; the same change once. */
    public void recordScaleAction(ScaleAction action) {
        if (action.equals(actions.peekLast())) {
            return;
        }
        actions.addLast(action);
        if (actions.size() > HISTORY) {
            actions.removeFirst();
        }
        if (action.isUp()) {
            ups++;
        } else {
            downs++;
        }
        coolingSince = Optional.of(action.at());
    }

    @Override
    public void scaled(ScaleAction action) {
        recordScaleAction(action);
    }

    /** The latest changes that it was told of, oldest first. */
    public List<ScaleAction> getScalingHistory() {
        return List.copyOf(actions);
    }

    /** How it stands, with the cool-down that remains by the clock. */
    public ScalingStatistics getScalingStatistics() {
        return new ScalingStatistics(
                name(),
                ups,
                downs,
                Optional.ofNullable(actions.peekLast()).map(ScaleAction::at),
                settings.coolDown,
                coolDownRemaining(settings.clock.instant()));
    }

    /** Never more than a whole cool-down, wherever the clock went. */
    private Duration coolDownRemaining(Instant now) {
        if (coolingSince.isEmpty() || !now.isAfter(coolingSince.get())) {
            return coolingSince.isEmpty() ? Duration.ZERO : settings.coolDown;
        }
        Duration remaining = settings.coolDown.minus(Duration.between(coolingSince.get(), now));
        return remaining.isNegative() ? Duration.ZERO : remaining;
    }

    /** Collects what differs from the defaults. */
    public static final class Builder {
        private final String name;
        private List<Threshold> thresholds = DEFAULT_THRESHOLDS;
        private InstanceRange range = new InstanceRange(1, 10);
        private Duration coolDown = Duration.ofMinutes(5);
        private Duration evaluationPeriod = Duration.ofMinutes(1);
        private Duration longestGap = Duration.ofMinutes(10);
        private Step step = new Step.One();
        private final List<Condition> upConditions = new ArrayList<>();
        private final List<Condition> downConditions = new ArrayList<>();
        private SeriesForecast forecaster = SeriesForecast.NONE;
        private Duration forecastHorizon = Duration.ZERO;
        private Duration forecastHistory = Duration.ZERO;
        private InstantSource clock = InstantSource.system();

        private record Condition(String name, Predicate<ResourceMetrics> holds) {}

        private Builder(String name) {
            this.name = name;
        }

        private Builder(Builder other) {
            name = other.name;
            thresholds = other.thresholds;
            range = other.range;
            coolDown = other.coolDown;
            evaluationPeriod = other.evaluationPeriod;
            longestGap = other.longestGap;
            step = other.step;
            upConditions.addAll(other.upConditions);
            downConditions.addAll(other.downConditions);
            forecaster = other.forecaster;
            forecastHorizon = other.forecastHorizon;
            forecastHistory = other.forecastHistory;
            clock = other.clock;
        }

        private boolean isBlind(ResourceMetrics metrics) {
            return !thresholds.isEmpty()
                    && upConditions.isEmpty()
                    && downConditions.isEmpty()
                    && thresholds.stream().allMatch(threshold -> metrics.get(threshold.metric())
                            .isEmpty());
        }

        /** What is watched, a threshold a metric; by default {@link #DEFAULT_THRESHOLDS}. */
        public Builder thresholds(Threshold... watched) {
            thresholds = List.of(watched);
            return this;
        }

        /** Fewest and most instances; by default 1 and 10. */
        public Builder range(int minInstances, int maxInstances) {
            range = new InstanceRange(minInstances, maxInstances);
            return this;
        }

        /** How long it holds after any change; by default 300 s. */
        public Builder coolDown(Duration duration) {
            coolDown = duration;
            return this;
        }

        /** How long a condition must hold without a break; by default 60 s. */
        public Builder evaluationPeriod(Duration duration) {
            evaluationPeriod = duration;
            return this;
        }

        /** The longest time without metrics over which a condition is taken to go on; by default 10 min. */
        public Builder longestGap(Duration duration) {
            longestGap = duration;
            return this;
        }

        /**
         * How far a wish goes: by default one instance. The other steps go towards the number that would bring the worst
         * metric to its upper threshold.
         */
        public Builder step(Step value) {
            step = value;
            return this;
        }

        /** Something else that asks for more, like a critical metric over its threshold. */
        public Builder scaleUpWhen(String words, Predicate<ResourceMetrics> condition) {
            upConditions.add(new Condition(words, condition));
            return this;
        }

        /** Something else that must hold for going down, like a metric under its threshold. */
        public Builder scaleDownWhen(String words, Predicate<ResourceMetrics> condition) {
            downConditions.add(new Condition(words, condition));
            return this;
        }

        /**
         * Thresholds count for forecasts, too: one that is over asks for more, one that is not under forbids going down. By
         * default there are none.
         *
         * @param history how much of each series the forecaster is shown; where that is more than 1000 samples, some are left
         *     out, and forecasts are made as often as one is taken
         */
        public Builder forecast(SeriesForecast port, Duration horizon, Duration history) {
            forecaster = port;
            forecastHorizon = horizon;
            forecastHistory = history;
            return this;
        }

        /** What statistics tell the remaining cool-down by; decisions know metrics' time alone. */
        public Builder clock(InstantSource source) {
            clock = source;
            return this;
        }

        public ScalingRule build() {
            if (thresholds.isEmpty() && upConditions.isEmpty()) {
                throw new IllegalArgumentException(
                        "the rule " + name + " watches nothing, expected a threshold or a condition");
            }
            return new ScalingRule(new Builder(this));
        }
    }
}
