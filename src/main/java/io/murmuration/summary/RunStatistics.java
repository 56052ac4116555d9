package io.murmuration.summary;

import io.murmuration.summary.RunSummary.AgentSurprise;
import io.murmuration.summary.RunSummary.Control;
import io.murmuration.summary.RunSummary.Quantiles;
import io.murmuration.summary.RunSummary.RowSurprise;
import io.murmuration.summary.RunSummary.StepSummary;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** What is known of the results of one model's agents, as a mergeable state. */
public final class RunStatistics implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TreeMap<Integer, Step> steps = new TreeMap<>();
    /** By element of the action: how often each index was chosen. */
    private final TreeMap<Integer, long[]> actions = new TreeMap<>();

    private final TreeMap<Integer, ControlSums> controls = new TreeMap<>();
    private final QuantileSketch totals = new QuantileSketch();
    private final QuantileSketch lengths = new QuantileSketch();
    private final Top<TopAgent> topAgents = new Top<>();
    private final Top<TopRow> topRows = new Top<>();
    private long rows;
    private long agents;
    private long impossible;
    private long unobserved;
    private long nonFinite;
    private long nonFiniteAgents;
    private transient Step lastStep;
    private transient int lastBucket;

    /** What is known of one bucket of steps. */
    private static final class Step implements Serializable {
        private static final long serialVersionUID = 1L;

        /** Of the rows in which something was observed. */
        private final ExactSum freeEnergy = new ExactSum();

        private final ExactSum entropy = new ExactSum();
        /** Of the rows in which something was observed. */
        private final QuantileSketch quantiles = new QuantileSketch();

        private long rows;
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
     * What is known of a row of results.
     *
     * @param step how many steps the agent had taken before
     * @param freeEnergy in nats; where nothing was observed it is no surprise, but a convention
     * @param beliefEntropy in nats
     * @param impossible whether the model held the observation impossible
     * @param observed whether anything was observed
     */
    public record Row(long step, double freeEnergy, double beliefEntropy, boolean impossible, boolean observed) {

        /** Whether its free energy is a surprise that can be summed up. */
        public boolean surprises() {
            return observed && finite();
        }

        private boolean finite() {
            return Double.isFinite(freeEnergy) && Double.isFinite(beliefEntropy);
        }
    }

    /** Adds a row; of one with a number that is not finite no more than that there is such a row. */
    public void row(Row row) {
        rows++;
        impossible += row.impossible() ? 1 : 0;
        unobserved += row.observed() ? 0 : 1;
        if (!row.finite()) {
            nonFinite++;
            return;
        }
        int bucket = StepBuckets.of(row.step());
        if (lastStep == null || bucket != lastBucket) {
            lastStep = steps.computeIfAbsent(bucket, b -> new Step());
            lastBucket = bucket;
        }
        lastStep.rows++;
        lastStep.entropy.add(row.beliefEntropy());
        if (row.surprises()) {
            lastStep.freeEnergy.add(row.freeEnergy());
            lastStep.quantiles.add(row.freeEnergy());
        }
    }

    /** Adds a row to choose the most surprising from: those show when something happened that the model did not expect. */
    public void surprise(String agent, long t, double freeEnergy) {
        if (!topRows.full() || freeEnergy >= topRows.last().freeEnergy()) {
            topRows.add(new TopRow(agent, t, freeEnergy));
        }
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

    /** Adds the choice of one element of a continuous action; one that is not finite is left out. */
    public void control(int element, double value) {
        ControlSums sums = controls.computeIfAbsent(element, e -> new ControlSums());
        if (!Double.isFinite(value)) {
            return;
        }
        sums.sum.add(value);
        sums.absolute.add(Math.abs(value));
        sums.count++;
    }

    /**
     * Adds an agent whose history has ended.
     *
     * @param totalFreeEnergy over its rows that {@linkplain Row#surprises surprise}; may itself be too large for a number
     */
    public void agent(String agent, long agentRows, double totalFreeEnergy) {
        agents++;
        lengths.add((double) agentRows);
        if (Double.isFinite(totalFreeEnergy)) {
            totals.add(totalFreeEnergy);
            topAgents.add(new TopAgent(agent, agentRows, totalFreeEnergy));
        } else {
            nonFiniteAgents++;
        }
    }

    /** Adds all that another state holds. */
    public void merge(RunStatistics other) {
        other.steps.forEach((bucket, step) -> {
            Step mine = steps.computeIfAbsent(bucket, b -> new Step());
            mine.freeEnergy.merge(step.freeEnergy);
            mine.entropy.merge(step.entropy);
            mine.quantiles.merge(step.quantiles);
            mine.rows += step.rows;
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
        topAgents.merge(other.topAgents);
        topRows.merge(other.topRows);
        rows += other.rows;
        agents += other.agents;
        impossible += other.impossible;
        unobserved += other.unobserved;
        nonFinite += other.nonFinite;
        nonFiniteAgents += other.nonFiniteAgents;
    }

    /** What this state says, with times as the integers that they are. */
    public RunSummary summary() {
        return summary(Long::valueOf);
    }

    /**
     * What this state says.
     *
     * @param time how a time is shown: as a number or as text
     */
    public RunSummary summary(LongFunction<?> time) {
        List<StepSummary> byStep = new ArrayList<>();
        ExactSum freeEnergy = new ExactSum();
        ExactSum entropy = new ExactSum();
        long surprising = 0;
        for (Map.Entry<Integer, Step> entry : steps.entrySet()) {
            Step step = entry.getValue();
            freeEnergy.merge(step.freeEnergy);
            entropy.merge(step.entropy);
            surprising += step.quantiles.count();
            byStep.add(new StepSummary(
                    StepBuckets.first(entry.getKey()),
                    step.rows,
                    step.freeEnergy.toDouble() / step.quantiles.count(),
                    Quantiles.of(step.quantiles),
                    step.entropy.toDouble() / step.rows));
        }
        return new RunSummary(
                rows,
                agents,
                impossible,
                unobserved,
                nonFinite,
                nonFiniteAgents,
                surprising,
                freeEnergy.toDouble(),
                entropy.toDouble() / Math.max(1, rows - nonFinite),
                byStep,
                actions.values().stream().map(RunStatistics::shares).toList(),
                controls.values().stream().map(ControlSums::summary).toList(),
                Quantiles.of(totals),
                Quantiles.of(lengths),
                topAgents.list().stream()
                        .map(a -> new AgentSurprise(a.agent(), a.rows(), a.freeEnergy()))
                        .toList(),
                topRows.list().stream()
                        .map(row -> new RowSurprise(row.agent(), time.apply(row.t()), row.freeEnergy()))
                        .toList());
    }

    private static List<Double> shares(long[] counts) {
        double total = Arrays.stream(counts).sum();
        return Arrays.stream(counts).mapToObj(count -> count / total).toList();
    }
}
