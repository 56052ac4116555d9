package io.murmuration.report;

import io.murmuration.report.BarChart.Bar;
import io.murmuration.report.LineBandChart.Point;
import io.murmuration.summary.RunSummary;
import io.murmuration.summary.RunSummary.AgentSurprise;
import io.murmuration.summary.RunSummary.Control;
import io.murmuration.summary.RunSummary.RowSurprise;
import io.murmuration.summary.RunSummary.StepSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a report says of one model's agents.
 *
 * @param anchor where links lead
 * @param actionNames by element and index of a discrete action; lists may be empty or too short
 */
record ModelSection(String heading, String anchor, RunSummary summary, List<List<String>> actionNames) {
    private static final String STEP = "steps taken before";

    void addTo(StringBuilder page) {
        page.append("<h2 id=\"").append(anchor).append("\">");
        page.append(Html.escape(heading)).append("</h2>");
        if (summary.rows() == 0) {
            page.append("<p>Nothing was inferred.</p>");
            return;
        }
        if (alone() && !summary.mostSurprised().isEmpty()) {
            AgentSurprise agent = summary.mostSurprised().get(0);
            page.append("<p>One agent, ").append(Html.escape(agent.agent())).append(", of ");
            page.append(Axis.label((double) agent.rows())).append(agent.rows() == 1 ? " row.</p>" : " rows.</p>");
        }
        page.append("<div class=\"charts\">");
        addSteps(page);
        addActions(page);
        if (!summary.mostSurprised().isEmpty() && !alone()) {
            addAgents(page);
        }
        if (!summary.mostSurprisingRows().isEmpty()) {
            addMoments(page);
        }
        page.append("</div>");
    }

    private void addSteps(StringBuilder page) {
        List<StepSummary> surprising = summary.bySteps().stream()
                .filter(step -> Double.isFinite(step.freeEnergyMean()))
                .toList();
        if (!surprising.isEmpty()) {
            addFreeEnergy(page, surprising);
        }
        if (!summary.bySteps().isEmpty()) {
            addEntropy(page);
        }
    }

    private void addFreeEnergy(StringBuilder page, List<StepSummary> steps) {
        Html.section(
                page,
                "Free energy",
                String.format(
                        Locale.ROOT,
                        "Mean by step, with the bands that hold 90 %% and 50 %% of its rows.%s The sum over all rows is %,.3f nats.",
                        grouped(steps) ? " Late steps go together with their neighbours." : "",
                        summary.freeEnergySum()),
                new LineBandChart(
                                STEP,
                                "free energy (nats)",
                                steps.stream().map(ModelSection::freeEnergy).toList())
                        .svg());
    }

    private void addEntropy(StringBuilder page) {
        Html.section(
                page,
                "Entropy of beliefs",
                String.format(
                        Locale.ROOT,
                        "Mean by step: how unsure agents are. Over all rows the mean is %.3f nats.",
                        summary.beliefEntropyMean()),
                new LineBandChart(
                                STEP,
                                "entropy (nats)",
                                summary.bySteps().stream()
                                        .map(s -> new Point(s.step(), s.beliefEntropyMean()))
                                        .toList())
                        .svg());
    }

    private static boolean grouped(List<StepSummary> steps) {
        return steps.get(steps.size() - 1).step() - steps.get(0).step() >= steps.size();
    }

    private static Point freeEnergy(StepSummary step) {
        return new Point(
                step.step(),
                step.freeEnergyMean(),
                step.freeEnergy().q05(),
                step.freeEnergy().q95(),
                step.freeEnergy().q25(),
                step.freeEnergy().q75());
    }

    private void addActions(StringBuilder page) {
        List<Bar> shares = shares();
        if (!shares.isEmpty()) {
            Html.section(
                    page,
                    "Actions",
                    "Share of each action among the agents' own choices.",
                    new BarChart("Shares of actions", shares).svg());
        }
        List<Bar> sizes = sizes();
        if (!sizes.isEmpty()) {
            Html.section(
                    page,
                    "Controls",
                    "Mean size of each element of the agents' actions, whatever its sign.",
                    new BarChart("Mean sizes of controls", sizes).svg());
        }
    }

    private List<Bar> shares() {
        List<Bar> bars = new ArrayList<>();
        for (int element = 0; element < summary.actionShares().size(); element++) {
            List<Double> shares = summary.actionShares().get(element);
            List<String> names = actionNames.size() > element ? actionNames.get(element) : List.of();
            boolean choice = names.size() != 1;
            for (int index = 0; choice && index < shares.size(); index++) {
                String place = "factor " + element + ", action " + index;
                String share = String.format(Locale.ROOT, "%.1f %%", 100 * shares.get(index));
                bars.add(new Bar(
                        names.size() > index ? names.get(index) : place,
                        shares.get(index),
                        share,
                        place + ": " + share));
            }
        }
        return bars;
    }

    private List<Bar> sizes() {
        List<Bar> bars = new ArrayList<>();
        for (int element = 0; element < summary.controls().size(); element++) {
            Control control = summary.controls().get(element);
            if (!Double.isFinite(control.meanAbsolute())) {
                continue;
            }
            bars.add(new Bar(
                    "control " + element,
                    control.meanAbsolute(),
                    Axis.label(control.meanAbsolute()),
                    "mean " + Axis.label(control.mean())));
        }
        return bars;
    }

    /** Of one agent there is no distribution, and nobody to compare it with. */
    private boolean alone() {
        return summary.agents() == 1;
    }

    private void addAgents(StringBuilder page) {
        Html.section(
                page,
                "Surprise by agent",
                "Bands that hold 90 % and 50 % of all agents' sums of free energy; the line is the median.",
                new QuantileStrip("free energy of an agent (nats)", summary.freeEnergyOfAgents()).svg());
        Html.section(
                page,
                "Most surprised agents",
                "Those whose observations their model explains least: sums of free energy in nats.",
                new BarChart(
                                "Agents of the highest surprise",
                                summary.mostSurprised().stream()
                                        .map(ModelSection::bar)
                                        .toList())
                        .svg());
    }

    private void addMoments(StringBuilder page) {
        StringBuilder table = new StringBuilder(
                "<div class=\"wide\"><table><thead><tr><th>agent</th><th>t</th><th>nats</th></tr></thead>");
        table.append("<tbody>");
        for (RowSurprise row : summary.mostSurprisingRows()) {
            table.append("<tr><td>").append(Html.escape(row.agent())).append("</td><td>");
            table.append(Html.escape(row.t().toString())).append("</td><td>");
            table.append(Axis.label(row.freeEnergy())).append("</td></tr>");
        }
        Html.section(
                page,
                "When it surprised",
                "The single rows of the highest free energy.",
                table.append("</tbody></table></div>").toString());
    }

    private static Bar bar(AgentSurprise agent) {
        String nats = Axis.label(agent.freeEnergy());
        return new Bar(
                agent.agent(),
                agent.freeEnergy(),
                nats,
                nats + " nats in " + Axis.label((double) agent.rows()) + " rows");
    }
}
