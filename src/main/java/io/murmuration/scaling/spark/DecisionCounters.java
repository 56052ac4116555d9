package io.murmuration.scaling.spark;

import com.codahale.metrics.MetricRegistry;
import io.murmuration.scaling.PolicyEvaluation;
import io.murmuration.scaling.ScalingOutcome;
import io.murmuration.scaling.Wish;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts decisions by what became of them, and shows what each policy wishes, in Spark's metrics. */
final class DecisionCounters implements TickSink {
    private final MetricRegistry registry;
    private final Map<String, Double> wishes = new ConcurrentHashMap<>();

    DecisionCounters(MetricRegistry registry) {
        this.registry = registry;
        for (String name : new String[] {"up", "down", "advised", "failed"}) {
            registry.counter("decisions." + name);
        }
    }

    @Override
    public String name() {
        return "The counters of decisions";
    }

    @Override
    public void accept(TickRecord tick) {
        if (tick.outcome() instanceof ScalingOutcome.Applied applied) {
            count(applied.action().isUp() ? "up" : "down");
        } else if (tick.outcome() instanceof ScalingOutcome.Advised) {
            count("advised");
        } else if (tick.outcome() instanceof ScalingOutcome.Failed) {
            count("failed");
        }
        tick.decision()
                .evaluations()
                .forEach(evaluation -> show(evaluation, tick.counts().requested()));
    }

    private void count(String name) {
        registry.counter("decisions." + name).inc();
    }

    /** Policies come and go while it runs: each has its gauge from the first time that it says something. */
    private void show(PolicyEvaluation evaluation, int requested) {
        wishes.put(evaluation.policy(), instances(evaluation.wish(), requested));
        registry.gauge("wish." + evaluation.policy(), () -> () -> wishes.get(evaluation.policy()));
    }

    /** To hold is to wish for what there is; NaN for no opinion. */
    private static double instances(Wish wish, int requested) {
        if (wish instanceof Wish.Target target) {
            return target.instances();
        }
        return wish instanceof Wish.Hold ? requested : Double.NaN;
    }
}
