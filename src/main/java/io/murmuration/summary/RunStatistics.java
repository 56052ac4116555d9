package io.murmuration.summary;

import io.murmuration.summary.RunSummary.AgentSurprise;
import io.murmuration.summary.RunSummary.Control;
import io.murmuration.summary.RunSummary.Quantiles;
import io.murmuration.summary.RunSummary.StepSummary;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is known of the results of one model's agents, as a mergeable state. */
public final class RunStatistics implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TreeMap<Integer, Step> steps = new TreeMap<>();
    /** By element of the action: how often each index was chosen. */
    private final TreeMap<Integer, long[]> actions = new TreeMap<>();

    private final TreeMap<Integer, ControlSums> controls = new TreeMap<>();
    private final QuantileSketch totals = new QuantileSketch();
    private final QuantileSketch lengths = new QuantileSketch();
    private final TopAgents top = new TopAgents();
    private long rows;
    private long agents;
    private long impossible;
    private transient Step lastStep;
    private transient int lastBucket;

    /** What is known of one bucket of steps. */
    private static final class Step implements Serializable {
        private static final long serialVersionUID = 1L;

        private final ExactSum freeEnergy = new ExactSum();
        private final ExactSum entropy = new ExactSum();
        private final QuantileSketch quantiles = new QuantileSketch();
    }

    /** What is known of one element of continuous actions. */
    private static final class ControlSums implements Serializable {
        private static final long serialVersionUID = 1L;

        private final ExactSum sum = new ExactSum();
        private final ExactSum absolute = new ExactSum();
        private long count;

        Control summary() {
            return new Control(sum.toDouble() / count, absolute.toDouble() / count);
        }
    }

    /**
     * Adds a step of an agent.
     *
     * @param step how many the agent had taken before
     * @param surprise its free energy in nats
     * @param beliefEntropy the entropy of its belief in nats
     * @param contradicts whether the model held the observation impossible
     */
    public void step(long step, double surprise, double beliefEntropy, boolean contradicts) {
        int bucket = StepBuckets.of(step);
        if (lastStep == null || bucket != lastBucket) {
            lastStep = steps.computeIfAbsent(bucket, b -> new Step());
            lastBucket = bucket;
        }
        lastStep.freeEnergy.add(surprise);
        lastStep.entropy.add(beliefEntropy);
        lastStep.quantiles.add(surprise);
        rows++;
        impossible += contradicts ? 1 : 0;
    }

    /** Adds the choice of one element of a discrete action. */
    public void action(int element, int index) {
        long[] counts = actions.get(element);
        if (counts == null || counts.length <= index) {
            counts = counts == null ? new long[index + 1] : Arrays.copyOf(counts, index + 1);
            actions.put(element, counts);
        }
        counts[index]++;
    }

    /** Adds the choice of one element of a continuous action. */
    public void control(int element, double value) {
        ControlSums sums = controls.computeIfAbsent(element, e -> new ControlSums());
        sums.sum.add(value);
        sums.absolute.add(Math.abs(value));
        sums.count++;
    }

    /** Adds an agent whose history has ended. */
    public void agent(String agent, long agentRows, double totalFreeEnergy) {
        agents++;
        totals.add(totalFreeEnergy);
        lengths.add((double) agentRows);
        top.add(new TopAgents.Agent(agent, agentRows, totalFreeEnergy));
    }

    /** Adds all that another state holds. */
    public void merge(RunStatistics other) {
        other.steps.forEach((bucket, step) -> {
            Step mine = steps.computeIfAbsent(bucket, b -> new Step());
            mine.freeEnergy.merge(step.freeEnergy);
            mine.entropy.merge(step.entropy);
            mine.quantiles.merge(step.quantiles);
        });
        other.actions.forEach((element, counts) -> {
            for (int index = 0; index < counts.length; index++) {
                if (counts[index] > 0) {
                    action(element, index);
                    actions.get(element)[index] += counts[index] - 1;
                }
            }
        });
        other.controls.forEach((element, sums) -> {
            ControlSums mine = controls.computeIfAbsent(element, e -> new ControlSums());
            mine.sum.merge(sums.sum);
            mine.absolute.merge(sums.absolute);
            mine.count += sums.count;
        });
        totals.merge(other.totals);
        lengths.merge(other.lengths);
        top.merge(other.top);
        rows += other.rows;
        agents += other.agents;
        impossible += other.impossible;
    }

    /** What this state says. */
    public RunSummary summary() {
        List<StepSummary> byStep = new ArrayList<>();
        ExactSum freeEnergy = new ExactSum();
        ExactSum entropy = new ExactSum();
        for (Map.Entry<Integer, Step> entry : steps.entrySet()) {
            Step step = entry.getValue();
            freeEnergy.merge(step.freeEnergy);
            entropy.merge(step.entropy);
            long count = step.quantiles.count();
            byStep.add(new StepSummary(
                    StepBuckets.first(entry.getKey()),
                    count,
                    step.freeEnergy.toDouble() / count,
                    Quantiles.of(step.quantiles),
                    step.entropy.toDouble() / count));
        }
        return new RunSummary(
                rows,
                agents,
                impossible,
                freeEnergy.toDouble(),
                entropy.toDouble() / Math.max(1, rows),
                byStep,
                actions.values().stream().map(RunStatistics::shares).toList(),
                controls.values().stream().map(ControlSums::summary).toList(),
                Quantiles.of(totals),
                Quantiles.of(lengths),
                top.list().stream()
                        .map(a -> new AgentSurprise(a.agent(), a.rows(), a.freeEnergy()))
                        .toList());
    }

    private static List<Double> shares(long[] counts) {
        double total = Arrays.stream(counts).sum();
        return Arrays.stream(counts).mapToObj(count -> count / total).toList();
    }
}
