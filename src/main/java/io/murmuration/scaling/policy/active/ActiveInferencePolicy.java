package io.murmuration.scaling.policy.active;

import io.murmuration.inference.InferenceKernel;
import io.murmuration.inference.ResultBlock;
import io.murmuration.inference.ResultLayout;
import io.murmuration.scaling.Metric;
import io.murmuration.scaling.Needs;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScalingContext;
import io.murmuration.scaling.ScalingPolicy;
import io.murmuration.scaling.Wish;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Scaling by active inference: an agent of {@link LoadModel} infers level and trend of the work from the metrics, learns
 * how they change within the time that an instance takes to come, and has the capacity whose expected free energy is least
 * (Friston et al. 2017, "Active inference: a process theory", eq. 2.7). All of that is done by an {@link InferenceKernel};
 * here metrics become outcomes, and the action a number of instances.
 *
 * <p>Work is the load of an interval and the share of the queue that is to be done in it, in instances that it keeps busy:
 * {@code (load + queue / drain) / capacity of an instance}; a queue is to be done in twice the delay target. The wish is the
 * chosen capacity times the work, rounded up.
 *
 * <p>Its figures: {@code work}, {@code expected_level} (instances), {@code expected_trend} (work over that of one horizon
 * before), {@code belief_entropy} and {@code free_energy} (nats), and {@code neg_efe_X} for every action, X being capacity
 * over work.
 */
public final class ActiveInferencePolicy implements ScalingPolicy {
    private static final Needs NEEDS =
            Needs.of(Metric.LOAD, Metric.QUEUED_WORK, Metric.INSTANCE_CAPACITY, Metric.PROVISIONING_TIME);
    /** How many delay targets a queue may take to be done. */
    private static final int DRAIN = 2;
    /** A work that is a whole number of instances but for rounding needs no instance more. */
    private static final double ROUNDING = 1e-9;

    private final ScalingContext context;
    private final double weight;
    private final Variant variant;
    private final LoadModel model;
    /** The delay target in intervals. */
    private final double tolerance;

    private final List<String> actionNames;

    private int horizon;
    private ResultLayout layout;
    private HorizonAgent agent;
    /** Work of the last horizon's ticks, oldest first; NaN where it was not measured. */
    private final Deque<Double> works = new ArrayDeque<>();

    private Wish wish = new Wish.Abstain("nothing was observed yet");

    private ActiveInferencePolicy(ScalingContext context, double weight, Variant variant) {
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the weight of the delay is " + weight + ", expected a finite number of at least 0");
        }
        this.context = context;
        this.weight = weight;
        this.variant = variant;
        model = new LoadModel(context.maxInstances());
        tolerance = intervals(context.delayTarget());
        actionNames = LoadModel.names(model.capacities());
    }

    /**
     * The whole agent.
     *
     * @param weight instances that are worth being paid for an interval to keep the queue within the delay target in it
     */
    public static ActiveInferencePolicy of(ScalingContext context, double weight) {
        return new ActiveInferencePolicy(context, weight, Variant.WHOLE);
    }

    /** An agent whose transitions stay what they were before any observation. */
    public static ActiveInferencePolicy withoutLearning(ScalingContext context, double weight) {
        return new ActiveInferencePolicy(context, weight, Variant.WITHOUT_LEARNING);
    }

    /** An agent to which an outcome is worth what it prefers, and not what it would learn from it. */
    public static ActiveInferencePolicy withoutInformationGain(ScalingContext context, double weight) {
        return new ActiveInferencePolicy(context, weight, Variant.WITHOUT_INFORMATION_GAIN);
    }

    private double intervals(Duration duration) {
        return (double) duration.toMillis() / context.interval().toMillis();
    }

    @Override
    public String name() {
        return variant.name();
    }

    @Override
    public Wish wish() {
        return wish;
    }

    @Override
    public void observe(ResourceMetrics metrics) {
        prepare(metrics);
        double capacity = metrics.get(Metric.INSTANCE_CAPACITY, Double.NaN);
        double work = work(metrics, capacity);
        if (agent != null) {
            tick(metrics, work, capacity);
        }
        NEEDS.lackedBy(metrics).ifPresent(lack -> wish = lack);
    }

    /**
     * Has an agent for a horizon that covers the provisioning time, another one where that has grown or has become less than
     * half, as where a long one was assumed; it goes on with what was learned.
     */
    private void prepare(ResourceMetrics metrics) {
        double seconds = metrics.get(Metric.PROVISIONING_TIME, Double.NaN);
        int needed = Double.isNaN(seconds)
                ? horizon
                : 1 + context.intervals(Duration.ofMillis(Math.round(Math.max(0, seconds) * 1000)));
        if (needed <= horizon && 2 * needed >= horizon) {
            return;
        }
        horizon = needed;
        InferenceKernel kernel = InferenceKernel.compile(model.build(horizon, tolerance, weight, variant));
        HorizonAgent other = new HorizonAgent(kernel, horizon);
        if (agent != null) {
            other.learnFrom(agent);
        }
        agent = other;
        layout = kernel.layout();
        works.clear();
    }

    private double work(ResourceMetrics metrics, double capacity) {
        double load = metrics.get(Metric.LOAD, Double.NaN);
        double queue = metrics.get(Metric.QUEUED_WORK, Double.NaN);
        double drain = Math.max(1, DRAIN * tolerance);
        return capacity > 0 ? Math.max(LoadModel.LEAST_WORK, (load + queue / drain) / capacity) : Double.NaN;
    }

    private void tick(ResourceMetrics metrics, double work, double capacity) {
        if (agent.hasActed()) {
            correctAction(metrics);
        }
        double before = works.size() < horizon ? Double.NaN : works.removeFirst();
        works.addLast(work);
        double change = work / before;
        ResultBlock inferred = agent.step(
                Double.isNaN(work) ? Double.NaN : model.levels().index(work),
                Double.isNaN(change) ? Double.NaN : model.trends().index(change),
                delayed(metrics, capacity));
        if (!Double.isNaN(work)) {
            wish = wish(inferred, work);
        }
    }

    /** What was asked for after the tick before may be another policy's wish, or what bounds left of this one's. */
    private void correctAction(ResourceMetrics metrics) {
        double asked = metrics.get(Metric.REQUESTED_INSTANCES, Double.NaN) / works.getLast();
        if (!Double.isNaN(asked)) {
            agent.carriedOut(new double[] {0, 0, model.capacities().index(asked), 0});
        }
    }

    /** Whether the queue takes longer than the target, 1 or 0; NaN where that cannot be told. */
    private double delayed(ResourceMetrics metrics, double capacity) {
        double served = metrics.get(Metric.ACTIVE_INSTANCES, Double.NaN) * capacity;
        double queue = metrics.get(Metric.QUEUED_WORK, Double.NaN);
        if (Double.isNaN(queue) || !(served > 0)) {
            return Double.NaN;
        }
        return queue / served > tolerance ? 1 : 0;
    }

    private Wish wish(ResultBlock inferred, double work) {
        int action = (int) inferred.get(0, layout.offset(ResultLayout.ACTION) + LoadModel.CAPACITY, 0);
        double headroom = model.capacities().centre(action);
        int instances = (int) Math.ceil(headroom * work - ROUNDING);
        Map<String, Double> figures = figures(inferred, work);
        String reason = String.format(
                Locale.ROOT,
                "%d instances for a work of %.2f: of %d capacities, %s times the work has the least expected free"
                        + " energy, %.3f (once the work: %.3f)",
                instances,
                work,
                actionNames.size(),
                actionNames.get(action),
                -figures.get("neg_efe_" + actionNames.get(action)),
                -figures.get("neg_efe_" + actionNames.get(0)));
        return new Wish.Target(instances, reason, figures);
    }

    private Map<String, Double> figures(ResultBlock inferred, double work) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("work", work);
        double[] values = inferred.values();
        int belief = layout.offset("belief");
        figures.put("expected_level", model.levels().mean(values, belief));
        figures.put(
                "expected_trend",
                model.trends().mean(values, belief + model.levels().size()));
        figures.put("belief_entropy", values[layout.offset(ResultLayout.BELIEF_ENTROPY)]);
        figures.put("free_energy", values[layout.offset(ResultLayout.FREE_ENERGY)]);
        int negEfe = layout.offset("neg_efe");
        for (int action = 0; action < actionNames.size(); action++) {
            figures.put("neg_efe_" + actionNames.get(action), values[negEfe + action]);
        }
        return figures;
    }
}
