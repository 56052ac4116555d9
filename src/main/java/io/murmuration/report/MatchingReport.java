package io.murmuration.report;

import io.murmuration.report.StatusPage.Table;
import java.util.List;
import java.util.Map;

/**
 * The page about a matching of tasks to agents.
 *
 * @param facts what a reader looks for first, in order
 * @param proven what is proven of it, a sentence each
 * @param check what was found when the tables were read again; no rows where they were not
 */
public record MatchingReport(Map<String, String> facts, List<String> proven, List<List<String>> check) {
    private static final String TITLE = "Matching";

    /** The page as HTML. */
    public String html() {
        StringBuilder body = new StringBuilder("<style>").append(Html.resource("tasks.css"));
        body.append("</style><h1>").append(TITLE).append("</h1>");
        new Facts(facts, List.of()).addTo(body);
        body.append("<div class=\"tasks\">");
        Html.section(body, "What is proven", String.join(" ", proven), "");
        if (!check.isEmpty()) {
            new Table("The tables, read again", List.of("what", "found"), check).addTo(body);
        }
        return Html.page(TITLE, body.append("</div>"));
    }
}
