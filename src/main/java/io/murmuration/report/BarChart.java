package io.murmuration.report;

import java.util.List;
import java.util.Locale;

/**
 * Horizontal bars from zero, one a row, each with its name and value.
 *
 * @param what what the bars are, for readers who do not see
 * @param bars from top to bottom
 */
public record BarChart(String what, List<Bar> bars) {
    private static final double WIDTH = 520;
    private static final double ROW = 24;
    private static final double LEFT = 160;
    private static final double RIGHT = 84;
    private static final int LONGEST_NAME = 21;

    /** A bar with the text of its value, and a longer one for those who point at it. */
    public record Bar(String name, double value, String text, String more) {}

    /** The chart as SVG. */
    public String svg() {
        double low = Math.min(0, bars.stream().mapToDouble(Bar::value).min().orElse(0));
        double high = Math.max(0, bars.stream().mapToDouble(Bar::value).max().orElse(1));
        Axis x = Axis.between(low, high > low ? high : low + 1, LEFT, WIDTH - RIGHT);
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\">",
                WIDTH,
                ROW * bars.size() + 4,
                Html.escape(what)));
        double y = 2;
        for (Bar bar : bars) {
            double start = Math.min(x.at(0), x.at(bar.value()));
            double length = Math.abs(x.at(bar.value()) - x.at(0));
            String name = shortened(bar.name());
            svg.append(String.format(
                    Locale.ROOT,
                    "<text class=\"name\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%s<title>%s</title></text>"
                            + "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"2\">"
                            + "<title>%s</title></rect>"
                            + "<text class=\"tick\" x=\"%.1f\" y=\"%.1f\">%s</text>",
                    LEFT - 10,
                    y + ROW * 0.66,
                    Html.escape(name),
                    Html.escape(bar.name()),
                    start,
                    y + 4,
                    Math.max(length, 1),
                    ROW - 8,
                    Html.escape(bar.more()),
                    start + length + 8,
                    y + ROW * 0.66,
                    Html.escape(bar.text())));
            y += ROW;
        }
        return svg.append("</svg>").toString();
    }

    /** A name that fits; what is left out is in the middle, for names of one family differ at their ends. */
    private static String shortened(String name) {
        if (name.length() <= LONGEST_NAME) {
            return name;
        }
        int end = (LONGEST_NAME - 1) / 2 + 1;
        return name.substring(0, LONGEST_NAME - 1 - end) + "…" + name.substring(name.length() - end);
    }
}
