package io.murmuration.report;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;

/** The charts of a page. */
final class Charts {
    private Charts() {}

    /** How many charts a page has, all of them well-formed. */
    static int wellFormed(String page) {
        List<String> charts = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .toList();
        for (String chart : charts) {
            assertDoesNotThrow(
                    () -> DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new ByteArrayInputStream(chart.getBytes(StandardCharsets.UTF_8))),
                    chart);
        }
        return charts.size();
    }
}
