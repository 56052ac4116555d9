package io.murmuration.report;

import io.murmuration.report.BarChart.Bar;
import io.murmuration.report.LineBandChart.Point;
import io.murmuration.summary.RunSummary;
import io.murmuration.summary.RunSummary.AgentSurprise;
import io.murmuration.summary.RunSummary.StepSummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The page about a run of inference.
 *
 * @param title of the page
 * @param facts what a reader looks for first, in order
 * @param models the results of each model, by name
 * @param actionNames by model, element and index: what actions are called; lists may be empty
 * @param rejected rows rejected, by code
 * @param work what each partition did
 */
public record InferenceReport(
        String title,
        Map<String, String> facts,
        Map<String, RunSummary> models,
        Map<String, List<List<String>>> actionNames,
        Map<String, Long> rejected,
        List<PartitionWork> work) {

    /** Partitions that are shown; the busiest of more. */
    private static final int PARTITIONS_SHOWN = 32;

    /** What a partition did. */
    public record PartitionWork(int partition, long rows, double seconds) {}

    /** The page as HTML. */
    public String html() {
        StringBuilder body = new StringBuilder();
        body.append("<h1>").append(Html.escape(title)).append("</h1>");
        addFacts(body);
        if (!rejected.isEmpty()) {
            addRejected(body);
        }
        models.forEach((name, summary) -> addModel(body, name, summary));
        addWork(body);
        return resource("page.html").replace("{{title}}", Html.escape(title)).replace("{{body}}", body);
    }

    private static String resource(String name) {
        try (InputStream in = InferenceReport.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addFacts(StringBuilder body) {
        body.append("<dl class=\"facts\">");
        facts.forEach((name, value) -> body.append("<div><dt>")
                .append(Html.escape(name))
                .append("</dt><dd>")
                .append(Html.escape(value))
                .append("</dd></div>"));
        body.append("</dl>");
    }

    private void addRejected(StringBuilder body) {
        section(
                body,
                "Rejected rows",
                "By reason; the rows themselves, each with its sentence, are in rejected/.",
                new BarChart(
                                "Rejected rows by reason",
                                rejected.entrySet().stream()
                                        .map(e -> new Bar(e.getKey(), e.getValue(), Axis.label(e.getValue())))
                                        .toList())
                        .svg());
    }

    private void addModel(StringBuilder body, String name, RunSummary summary) {
        body.append("<h2>")
                .append(Html.escape(models.size() > 1 ? "Model " + name : "Results"))
                .append("</h2>");
        if (summary.rows() == 0) {
            body.append("<p>Nothing was inferred.</p>");
            return;
        }
        List<StepSummary> steps = summary.bySteps();
        section(
                body,
                "Free energy",
                "Mean by step, with the bands that hold 90 % and 50 % of the agents. The sum over all rows is "
                        + String.format(Locale.ROOT, "%,.3f nats.", summary.freeEnergySum()),
                new LineBandChart(
                                "steps of an agent before",
                                "free energy (nats)",
                                steps.stream()
                                        .map(s -> new Point(
                                                s.step(),
                                                s.freeEnergyMean(),
                                                s.freeEnergy().q05(),
                                                s.freeEnergy().q95(),
                                                s.freeEnergy().q25(),
                                                s.freeEnergy().q75()))
                                        .toList())
                        .svg());
        section(
                body,
                "Entropy of beliefs",
                "Mean by step: how unsure agents are.",
                new LineBandChart(
                                "steps of an agent before",
                                "entropy (nats)",
                                steps.stream()
                                        .map(s -> new Point(s.step(), s.beliefEntropyMean()))
                                        .toList())
                        .svg());
        if (!summary.actionShares().isEmpty()) {
            section(
                    body,
                    "Actions",
                    "Share of each action among the agents' own choices.",
                    new BarChart("Shares of actions", actionBars(name, summary)).svg());
        }
        section(
                body,
                "Surprise by agent",
                "The agents whose observations their model explains least: sums of free energy in nats. Half of all agents"
                        + " stay below "
                        + Axis.label(summary.freeEnergyOfAgents().q50()) + ", 95 % below "
                        + Axis.label(summary.freeEnergyOfAgents().q95()) + ".",
                new BarChart(
                                "Agents of the highest surprise",
                                summary.mostSurprised().stream()
                                        .map(InferenceReport::bar)
                                        .toList())
                        .svg());
    }

    private List<Bar> actionBars(String model, RunSummary summary) {
        List<Bar> bars = new ArrayList<>();
        List<List<String>> names = actionNames.getOrDefault(model, List.of());
        for (int element = 0; element < summary.actionShares().size(); element++) {
            List<Double> shares = summary.actionShares().get(element);
            if (names.size() > element && names.get(element).size() == 1) {
                continue;
            }
            for (int index = 0; index < shares.size(); index++) {
                String name = names.size() > element && names.get(element).size() > index
                        ? names.get(element).get(index)
                        : "factor " + element + ", action " + index;
                bars.add(new Bar(
                        name, shares.get(index), String.format(Locale.ROOT, "%.1f %%", 100 * shares.get(index))));
            }
        }
        return bars;
    }

    private static Bar bar(AgentSurprise agent) {
        return new Bar(
                agent.agent(),
                agent.freeEnergy(),
                Axis.label(agent.freeEnergy()) + " in " + Axis.label(agent.rows()) + " rows");
    }

    private void addWork(StringBuilder body) {
        List<PartitionWork> busiest = work.stream()
                .sorted((a, b) -> Long.compare(b.rows(), a.rows()))
                .limit(PARTITIONS_SHOWN)
                .toList();
        body.append("<h2>Work</h2>");
        section(
                body,
                "Rows a partition",
                work.size() > PARTITIONS_SHOWN ? "The busiest " + PARTITIONS_SHOWN + " of " + work.size() + "." : "",
                new BarChart(
                                "Rows a partition",
                                busiest.stream()
                                        .map(w -> new Bar(
                                                "partition " + w.partition(),
                                                w.rows(),
                                                Axis.label(w.rows()) + " in "
                                                        + String.format(Locale.ROOT, "%.2f s", w.seconds())))
                                        .toList())
                        .svg());
    }

    private static void section(StringBuilder body, String title, String text, String chart) {
        body.append("<section><h3>")
                .append(Html.escape(title))
                .append("</h3><p>")
                .append(Html.escape(text))
                .append("</p>")
                .append(chart)
                .append("</section>");
    }
}
