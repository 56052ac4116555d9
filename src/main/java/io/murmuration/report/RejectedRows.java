package io.murmuration.report;

import io.murmuration.report.BarChart.Bar;
import java.util.Map;

/**
 * The section on rows that could not be used.
 *
 * @param byCode how many, by the code of the reason
 */
record RejectedRows(Map<String, Long> byCode) {

    void addTo(StringBuilder body) {
        Html.section(
                body,
                "Rejected rows",
                "By reason; the rows themselves, each with its sentence, are in rejected/.",
                new BarChart(
                                "Rejected rows by reason",
                                byCode.entrySet().stream()
                                        .map(e -> new Bar(
                                                e.getKey(),
                                                e.getValue(),
                                                Axis.label((double) e.getValue()),
                                                e.getKey()))
                                        .toList())
                        .svg());
    }
}
