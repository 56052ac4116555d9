package io.murmuration.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.murmuration.summary.RunStatistics.Row;
import io.murmuration.summary.RunSummary.AgentSurprise;
import io.murmuration.summary.RunSummary.Control;
import io.murmuration.summary.RunSummary.RowSurprise;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RunStatisticsTest {
    @Property(tries = 60)
    @Label("Parts merged in any order are the whole, bit for bit")
    void partsAreTheWhole(
            @ForAll @IntRange(max = 60) int agents,
            @ForAll @IntRange(min = 1, max = 6) int parts,
            @ForAll Random random) {
        List<Consumer<RunStatistics>> events = new ArrayList<>();
        for (int agent = 0; agent < agents; agent++) {
            addEvents(events, "agent-" + agent, random);
        }
        RunStatistics whole = new RunStatistics();
        events.forEach(event -> event.accept(whole));

        List<RunStatistics> states = new ArrayList<>(
                IntStream.range(0, parts).mapToObj(i -> new RunStatistics()).toList());
        Collections.shuffle(events, random);
        events.forEach(event -> event.accept(states.get(random.nextInt(parts))));
        Collections.shuffle(states, random);
        RunStatistics merged = new RunStatistics();
        states.forEach(state -> merged.merge(Serialized.copy(state)));
        assertEquals(json(whole.summary()), json(merged.summary()));
    }

    private static void addEvents(List<Consumer<RunStatistics>> events, String agent, Random random) {
        int rows = random.nextInt(12);
        for (int row = 0; row < rows; row++) {
            long step = random.nextInt(5) == 0 ? random.nextInt(1 << 20) : row;
            double surprise = random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10);
            double entropy = random.nextDouble();
            int choice = random.nextInt(4);
            boolean impossible = random.nextInt(10) == 0;
            boolean observed = random.nextInt(8) > 0;
            double free = random.nextInt(20) == 0 ? Double.NaN : surprise;
            events.add(state -> state.row(new Row(step, free, entropy, impossible, observed)));
            // Few values, so that many rows tie for the last place among the top.
            int time = row;
            int moment = random.nextInt(3);
            events.add(state -> state.surprise(agent, time, moment));
            events.add(state -> state.action(choice % 2, choice));
            events.add(state -> state.control(choice, surprise));
        }
        // Few values, so that many agents tie for the last place among the top.
        double total = random.nextInt(20) == 0 ? Double.POSITIVE_INFINITY : random.nextInt(3);
        events.add(state -> state.agent(agent, rows, total));
    }

    @Example
    @Label("A small run by hand")
    void worked() {
        RunStatistics state = new RunStatistics();
        state.row(new Row(0, 1.0, 0.5, false, true));
        state.row(new Row(0, 3.0, 0.25, true, true));
        state.row(new Row(1, -1.0, 0.75, false, true));
        state.action(0, 2);
        state.action(0, 0);
        state.action(1, 1);
        state.control(0, 3);
        state.control(0, -1);
        state.agent("b", 2, 0.0);
        state.agent("a", 1, 3.0);
        RunSummary summary = state.summary();
        assertEquals(3, summary.rows());
        assertEquals(2, summary.agents());
        assertEquals(1, summary.impossibleObservations());
        assertEquals(3.0, summary.freeEnergySum());
        assertEquals(0.5, summary.beliefEntropyMean());
        assertEquals(2, summary.bySteps().size());
        assertEquals(2.0, summary.bySteps().get(0).freeEnergyMean());
        assertEquals(0.375, summary.bySteps().get(0).beliefEntropyMean());
        assertEquals(1.0, summary.bySteps().get(0).freeEnergy().q50(), 0.01);
        assertEquals(List.of(List.of(0.5, 0.0, 0.5), List.of(0.0, 1.0)), summary.actionShares());
        assertEquals(List.of(new Control(1, 2)), summary.controls());
        assertEquals(2.0, summary.rowsOfAgents().q95(), 0.02);
        assertEquals(List.of(new AgentSurprise("a", 1, 3.0), new AgentSurprise("b", 2, 0.0)), summary.mostSurprised());
    }

    @Example
    @Label("Of many agents the twenty of the highest surprise are named, in the order of their names where equal")
    void topAgents() {
        RunStatistics state = new RunStatistics();
        for (int i = 99; i >= 0; i--) {
            state.agent(String.format("%02d", i), 1, i == 50 ? 9 : 1);
        }
        List<String> names = state.summary().mostSurprised().stream()
                .map(AgentSurprise::agent)
                .toList();
        assertEquals(20, names.size());
        assertEquals(List.of("50", "00", "01"), names.subList(0, 3));
        assertEquals("18", names.get(19));
    }

    @Example
    @Label("The twenty most surprising rows are named, by agent and time where equal, with times as they are shown")
    void topRows() {
        RunStatistics state = new RunStatistics();
        for (int t = 99; t >= 0; t--) {
            state.surprise("b", t, t == 50 ? 9 : 1);
            state.surprise("a", t, 1);
        }
        List<RowSurprise> rows =
                state.summary(t -> t < 2 ? "early " + t : (Object) t).mostSurprisingRows();
        assertEquals(20, rows.size());
        assertEquals(
                List.of(
                        new RowSurprise("b", 50L, 9),
                        new RowSurprise("a", "early 0", 1),
                        new RowSurprise("a", "early 1", 1),
                        new RowSurprise("a", 2L, 1)),
                rows.subList(0, 4));
    }

    @Example
    @Label("What is no number is counted and left out of sums, means and quantiles")
    void notFinite() {
        RunStatistics state = new RunStatistics();
        state.row(new Row(0, 2, 0.5, false, true));
        state.row(new Row(0, Double.NaN, 0.5, false, true));
        state.row(new Row(1, 1, Double.POSITIVE_INFINITY, true, true));
        state.control(0, Double.NaN);
        state.control(1, 3);
        state.agent("a", 3, 2);
        state.agent("b", 1, Double.NEGATIVE_INFINITY);
        RunSummary summary = state.summary();
        assertEquals(3, summary.rows());
        assertEquals(2, summary.nonFinite());
        assertEquals(1, summary.nonFiniteAgents());
        assertEquals(1, summary.impossibleObservations());
        assertEquals(2, summary.freeEnergySum());
        assertEquals(0.5, summary.beliefEntropyMean());
        assertEquals(1, summary.bySteps().size());
        assertEquals(1, summary.bySteps().get(0).rows());
        assertEquals(2, summary.bySteps().get(0).freeEnergyMean());
        assertEquals(new Control(3, 3), summary.controls().get(1));
        assertEquals(List.of(new AgentSurprise("a", 3, 2)), summary.mostSurprised());
        assertTrue(json(summary).contains("\"controls\":[{\"mean\":null,"), json(summary));
    }

    @Example
    @Label("A row in which nothing was observed has an entropy, but no surprise")
    void unobserved() {
        RunStatistics state = new RunStatistics();
        state.row(new Row(0, 2, 1, false, true));
        state.row(new Row(0, 0, 3, false, false));
        state.row(new Row(1, 0, 5, false, false));
        RunSummary summary = state.summary();
        assertEquals(3, summary.rows());
        assertEquals(2, summary.unobservedRows());
        assertEquals(1, summary.surprisingRows());
        assertEquals(3, summary.beliefEntropyMean());
        assertEquals(2, summary.bySteps().get(0).rows());
        assertEquals(2, summary.bySteps().get(0).freeEnergyMean());
        assertEquals(2, summary.bySteps().get(0).freeEnergy().q05(), 0.02);
        assertEquals(2, summary.bySteps().get(0).beliefEntropyMean());
        assertTrue(json(summary).contains("\"step\":1,\"rows\":1,\"free_energy_mean\":null"), json(summary));
    }

    @Example
    @Label("JSON names are in snake case, and the quantiles of nothing are null")
    void nothing() {
        String json = json(new RunStatistics().summary());
        assertTrue(json.contains("\"rows_of_agents\":{\"q05\":null,"), json);
        assertTrue(json.contains("\"free_energy_sum\":0.0"), json);
    }

    private static String json(RunSummary summary) {
        try {
            return new ObjectMapper().writeValueAsString(summary);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
