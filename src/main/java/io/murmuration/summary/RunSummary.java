package io.murmuration.summary;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.List;

/**
 * What the results of one model's agents say, all energies and entropies in nats.
 *
 * @param rows results
 * @param agents agents with results or a state
 * @param impossibleObservations rows whose observation the model held impossible
 * @param unobservedRows rows in which nothing was observed: they have an entropy, but no free energy
 * @param nonFinite rows whose free energy or entropy is no finite number; sums, means and quantiles are without them
 * @param nonFiniteAgents agents whose sum of free energy is no finite number; no quantile is of them
 * @param surprisingRows rows with a free energy: those of neither kind
 * @param freeEnergySum the sum over all rows: the negative log evidence where inference is exact
 * @param beliefEntropyMean the mean over all rows
 * @param bySteps by how many steps the agent had taken; later steps in groups that begin with the one named
 * @param actionShares by element of a discrete action: the share of each index among the agents' own choices
 * @param controls by element of a continuous action: its mean and mean size; empty where actions are discrete
 * @param freeEnergyOfAgents quantiles of the agents' sums of free energy
 * @param rowsOfAgents quantiles of the agents' numbers of rows
 * @param mostSurprised the agents with the highest sums
 * @param mostSurprisingRows the rows of the highest free energy
 */
@JsonNaming(SnakeCaseStrategy.class)
public record RunSummary(
        long rows,
        long agents,
        long impossibleObservations,
        long unobservedRows,
        long nonFinite,
        long nonFiniteAgents,
        long surprisingRows,
        double freeEnergySum,
        double beliefEntropyMean,
        List<StepSummary> bySteps,
        List<List<Double>> actionShares,
        List<Control> controls,
        Quantiles freeEnergyOfAgents,
        Quantiles rowsOfAgents,
        List<AgentSurprise> mostSurprised,
        List<RowSurprise> mostSurprisingRows) {

    /**
     * A step, or a group of steps from this one on.
     *
     * @param rows whose numbers are finite
     * @param freeEnergyMean of the rows in which something was observed; NaN, in JSON null, where there is none
     * @param freeEnergy of the same rows
     * @param beliefEntropyMean of all these rows
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record StepSummary(
            long step,
            long rows,
            @JsonSerialize(using = NumberOrNull.class) double freeEnergyMean,
            Quantiles freeEnergy,
            double beliefEntropyMean) {}

    /** Five quantiles, to 1 %; all NaN, in JSON null, where there is nothing to take them of. */
    public record Quantiles(
            @JsonSerialize(using = NumberOrNull.class) double q05,
            @JsonSerialize(using = NumberOrNull.class) double q25,
            @JsonSerialize(using = NumberOrNull.class) double q50,
            @JsonSerialize(using = NumberOrNull.class) double q75,
            @JsonSerialize(using = NumberOrNull.class) double q95) {
        public static Quantiles of(QuantileSketch sketch) {
            return new Quantiles(
                    sketch.quantile(0.05),
                    sketch.quantile(0.25),
                    sketch.quantile(0.5),
                    sketch.quantile(0.75),
                    sketch.quantile(0.95));
        }
    }

    /** An element of the agents' continuous actions, in the model's own units. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Control(
            @JsonSerialize(using = NumberOrNull.class) double mean,
            @JsonSerialize(using = NumberOrNull.class) double meanAbsolute) {}

    /** An agent and the sum of its free energies. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record AgentSurprise(String agent, long rows, double freeEnergy) {}

    /** A row and its free energy; the time is an integer, or text where times are timestamps. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record RowSurprise(String agent, Object t, double freeEnergy) {}
}
