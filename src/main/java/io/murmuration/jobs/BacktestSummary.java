package io.murmuration.jobs;

import io.murmuration.batch.OutputFolder;
import io.murmuration.report.BacktestReport;
import io.murmuration.report.BacktestReport.Charts;
import io.murmuration.report.BacktestReport.PolicyRow;
import io.murmuration.report.CapacityChart;
import io.murmuration.report.FrontierChart;
import io.murmuration.scaling.backtest.LoadTrace;
import io.murmuration.scaling.backtest.Measure;
import io.murmuration.scaling.backtest.Profile;
import io.murmuration.scaling.policy.PolicyEntry.Kind;
import io.murmuration.scaling.spark.BacktestResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@code table.csv}, {@code summary.json} and {@code report.html} say of backtests.
 *
 * @param traces in the order of the tasks
 * @param choices each run over every trace, in the order of the tasks
 * @param kept those of them whose steps were written
 * @param results in the order of the tasks: trace by trace, choice by choice
 * @param provisioningDelay seconds
 * @param measureFrom days
 * @param words the command line
 * @param seconds from start to end
 */
record BacktestSummary(
        List<LoadTrace> traces,
        List<PolicyChoice> choices,
        List<PolicyChoice> kept,
        List<BacktestResult> results,
        int provisioningDelay,
        BigDecimal measureFrom,
        List<String> words,
        double seconds) {
    private static final String TABLE = "table.csv";
    private static final String SUMMARY = "summary.json";
    private static final String REPORT = "report.html";
    /** Policies whose capacity is drawn. */
    private static final int MOST_DRAWN = 4;

    /** Writes all, the steps that were gathered included: first what takes long, the table last. */
    void write(OutputFolder folder) {
        String table = table();
        String json = Json.pretty(json());
        String report = report().html();
        folder.removeAll(List.of(TABLE, SUMMARY, REPORT));
        folder.place(StepFiles.TABLE);
        folder.write(SUMMARY, json);
        folder.write(REPORT, report);
        folder.write(TABLE, table);
    }

    private String table() {
        StringBuilder table = new StringBuilder("trace,policy,setting");
        for (Measure measure : Measure.values()) {
            table.append(',').append(measure.column());
        }
        table.append('\n');
        for (BacktestResult result : results) {
            table.append(traces.get(result.task().trace()).name()).append(',');
            table.append(result.task().policy())
                    .append(',')
                    .append(result.task().setting());
            result.measures().values().forEach(value -> table.append(',').append(value));
            table.append('\n');
        }
        return table.toString();
    }

    private Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("job", "backtest");
        json.put("version", Version.text());
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("provisioning_delay", provisioningDelay);
        options.put("measure_from", measureFrom);
        json.put("options", options);
        json.put("traces", traces.stream().map(BacktestSummary::json).toList());
        json.put("policies", choices.stream().map(this::json).toList());
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("command", words);
        run.put("seconds", seconds);
        run.put("backtests", results.size());
        json.put("run", run);
        return json;
    }

    private static Map<String, Object> json(LoadTrace trace) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("trace", trace.name());
        json.put("start", trace.start().toString());
        json.put("steps", trace.steps());
        json.put("capacity", trace.capacity());
        return json;
    }

    private Map<String, Object> json(PolicyChoice choice) {
        Map<String, Object> means = new LinkedHashMap<>();
        for (Measure measure : Measure.values()) {
            means.put(measure.column(), mean(choice, measure));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("policy", choice.entry().name());
        json.put("setting", choice.setting().toString());
        json.put("kind", kind(choice));
        json.put("mean", means);
        return json;
    }

    private static String kind(PolicyChoice choice) {
        return choice.entry().kind().name().toLowerCase(Locale.ROOT);
    }

    private Stream<BacktestResult> of(PolicyChoice choice) {
        int place = choices.indexOf(choice);
        return Stream.iterate(place, i -> i < results.size(), i -> i + choices.size())
                .map(results::get);
    }

    private double mean(PolicyChoice choice, Measure measure) {
        return of(choice)
                .mapToDouble(result -> result.measures().get(measure))
                .average()
                .orElseThrow();
    }

    private BacktestReport report() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("traces", String.valueOf(traces.size()));
        facts.put("backtests", String.format(Locale.ROOT, "%,d", results.size()));
        facts.put("provisioning delay", provisioningDelay + " s");
        facts.put("measured from day", measureFrom.toPlainString());
        facts.put("seconds", String.format(Locale.ROOT, "%.1f", seconds));
        facts.put("version", Version.text());
        facts.put("command", "jobs/backtest " + String.join(" ", words));
        return new BacktestReport(
                "Backtest",
                facts,
                Arrays.stream(Measure.values())
                        .collect(Collectors.toMap(Measure::column, Measure::meaning, (a, b) -> a, LinkedHashMap::new)),
                rows(),
                frontier(),
                charts());
    }

    private List<PolicyRow> rows() {
        List<PolicyRow> rows = new ArrayList<>();
        for (PolicyChoice choice : kept) {
            rows.add(row("mean of all", choice, measure -> mean(choice, measure)));
        }
        if (traces.size() > 1) {
            for (int trace = 0; trace < traces.size(); trace++) {
                for (PolicyChoice choice : kept) {
                    BacktestResult result = results.get(trace * choices.size() + choices.indexOf(choice));
                    rows.add(row(traces.get(trace).name(), choice, result.measures()::get));
                }
            }
        }
        return rows;
    }

    private static PolicyRow row(String trace, PolicyChoice choice, ToDoubleFunction<Measure> values) {
        return new PolicyRow(
                trace,
                choice.toString(),
                choice.entry().kind() == Kind.BOUND,
                Arrays.stream(Measure.values()).mapToDouble(values).toArray());
    }

    private FrontierChart frontier() {
        Map<String, List<PolicyChoice>> byPolicy = choices.stream()
                .collect(Collectors.groupingBy(
                        choice -> choice.entry().name(), LinkedHashMap::new, Collectors.toList()));
        List<FrontierChart.Curve> curves = new ArrayList<>();
        byPolicy.forEach((name, settings) -> curves.add(new FrontierChart.Curve(
                name,
                settings.get(0).entry().kind() == Kind.BOUND,
                settings.stream()
                        .map(choice -> new FrontierChart.Point(
                                choice.setting().toString(),
                                mean(choice, Measure.SLO_VIOLATION_PERCENT),
                                mean(choice, Measure.RELATIVE_COST),
                                choice.isDefault()))
                        .toList())));
        return new FrontierChart("steps violated (%), mean of the traces", "relative cost", curves);
    }

    private List<Charts> charts() {
        List<PolicyChoice> drawn = drawn();
        List<Charts> charts = new ArrayList<>();
        for (int trace = 0; trace < traces.size(); trace++) {
            LoadTrace load = traces.get(trace);
            Map<String, CapacityChart> overviews = new LinkedHashMap<>();
            Map<String, CapacityChart> days = new LinkedHashMap<>();
            for (PolicyChoice choice : drawn) {
                BacktestResult result = results.get(trace * choices.size() + choices.indexOf(choice));
                overviews.put(choice.toString(), chart(load, result.ready(), 1, "day"));
                days.put(choice.toString(), chart(load, result.readyOnHeaviestDay(), 24, "hour of the trace"));
            }
            charts.add(new Charts(load.name(), overviews, days));
        }
        return charts;
    }

    /** @param unitsADay units of the abscissa */
    private static CapacityChart chart(LoadTrace trace, Profile ready, double unitsADay, String unit) {
        return new CapacityChart(
                unit,
                ready.first() / LoadTrace.stepsADay() * unitsADay,
                ready.stretch() / LoadTrace.stepsADay() * unitsADay,
                ready.demand(trace).means(),
                ready.means());
    }

    /** Those that no other beats in both violations and cost, first; then the others that were named, up to a few. */
    private List<PolicyChoice> drawn() {
        return kept.stream()
                .filter(choice -> kept.size() <= MOST_DRAWN || choice.entry().kind() != Kind.BOUND)
                .sorted(Comparator.comparing((PolicyChoice choice) -> isBeaten(choice))
                        .thenComparing(choice -> mean(choice, Measure.SLO_VIOLATION_PERCENT)))
                .limit(MOST_DRAWN)
                .toList();
    }

    private boolean isBeaten(PolicyChoice choice) {
        return kept.stream()
                .filter(other -> other.entry().kind() != Kind.BOUND)
                .anyMatch(other ->
                        mean(other, Measure.SLO_VIOLATION_PERCENT) < mean(choice, Measure.SLO_VIOLATION_PERCENT)
                                && mean(other, Measure.RELATIVE_COST) < mean(choice, Measure.RELATIVE_COST));
    }
}
