package io.murmuration.report;

import io.murmuration.summary.RunSummary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What a reader looks for first.
 *
 * @param facts in order; the last one is the command, which is as wide as the page
 * @param models results, of which exceptions are told
 */
record Facts(Map<String, String> facts, Collection<RunSummary> models) {

    void addTo(StringBuilder body) {
        body.append("<dl class=\"facts\">");
        List<Map.Entry<String, String>> entries = new ArrayList<>(facts.entrySet());
        entries.addAll(Math.max(0, entries.size() - 1), exceptions());
        entries.forEach(fact -> body.append("<div><dt>")
                .append(Html.escape(fact.getKey()))
                .append("</dt><dd>")
                .append(Html.escape(fact.getValue()))
                .append("</dd></div>"));
        body.append("</dl>");
    }

    /** What is told only where there is something to tell. */
    private List<Map.Entry<String, String>> exceptions() {
        return Stream.of(
                        Map.entry("rows without observation", sum(RunSummary::unobservedRows)),
                        Map.entry("rows not finite", sum(RunSummary::nonFinite)),
                        Map.entry("agents not finite", sum(RunSummary::nonFiniteAgents)))
                .filter(fact -> fact.getValue() > 0)
                .map(fact -> Map.entry(fact.getKey(), String.format(Locale.ROOT, "%,d", fact.getValue())))
                .toList();
    }

    private long sum(ToLongFunction<RunSummary> count) {
        return models.stream().mapToLong(count).sum();
    }
}
