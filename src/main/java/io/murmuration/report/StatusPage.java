package io.murmuration.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How something that runs stands at a moment.
 *
 * @param title what runs
 * @param phase whether it still does
 * @param state how it stands, a sentence
 * @param facts numbers of now, in order
 * @param charts what was, over time
 * @param tables what there is
 */
public record StatusPage(
        String title,
        Phase phase,
        String state,
        Map<String, String> facts,
        List<TimeChart> charts,
        List<Table> tables) {

    /** Whether it still runs. */
    public enum Phase {
        RUNNING,
        /** It came to its end. */
        ENDED,
        /** It came to an end that nobody wanted. */
        FAILED
    }

    /**
     * Rows of texts.
     *
     * @param rows each as long as the columns
     */
    public record Table(String title, List<String> columns, List<List<String>> rows) {
        /** @throws IllegalArgumentException if a row is not as long as the columns */
        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
            for (List<String> row : rows) {
                if (row.size() != columns.size()) {
                    throw new IllegalArgumentException("The table " + title + " has a row of " + row.size()
                            + " cells, expected as many as it has columns: " + columns.size());
                }
            }
        }

        void addTo(StringBuilder page) {
            if (rows.isEmpty()) {
                Html.section(page, title, "None.", "");
                return;
            }
            StringBuilder table = new StringBuilder("<div class=\"wide\"><table><thead><tr>");
            columns.forEach(column -> cell(table, "th", column));
            table.append("</tr></thead><tbody>");
            for (List<String> row : rows) {
                table.append("<tr>");
                row.forEach(text -> cell(table, "td", text));
                table.append("</tr>");
            }
            Html.section(page, title, "", table.append("</tbody></table></div>").toString());
        }

        private static void cell(StringBuilder table, String kind, String text) {
            table.append('<').append(kind).append('>');
            table.append(Html.escape(text)).append("</").append(kind).append('>');
        }
    }

    public StatusPage {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        charts = List.copyOf(charts);
        tables = List.copyOf(tables);
    }
}
