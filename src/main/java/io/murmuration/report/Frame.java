package io.murmuration.report;

import java.util.Locale;
import java.util.function.DoubleFunction;

/** Grid, ticks and titles of the two axes of a chart. */
final class Frame {
    private Frame() {}

    static void draw(StringBuilder svg, Axis x, Axis y, String abscissa, String ordinate, double width, double height) {
        draw(svg, x, Axis::label, y, abscissa, ordinate, width, height);
    }

    /** The same with other texts at the ticks to the right. */
    static void draw(
            StringBuilder svg,
            Axis x,
            DoubleFunction<String> label,
            Axis y,
            String abscissa,
            String ordinate,
            double width,
            double height) {
        for (double tick : y.ticks()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>"
                            + "<text class=\"tick\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                    x.from(),
                    x.to(),
                    y.at(tick),
                    y.at(tick),
                    x.from() - 8,
                    y.at(tick) + 4,
                    Axis.label(tick)));
        }
        for (double tick : x.ticks()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text class=\"tick\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>",
                    x.at(tick),
                    y.from() + 18,
                    label.apply(tick)));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"title\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>"
                        + "<text class=\"title\" transform=\"translate(14 %.1f) rotate(-90)\" text-anchor=\"middle\">%s</text>",
                (x.from() + x.to()) / 2,
                height - 8,
                Html.escape(abscissa),
                (y.from() + y.to()) / 2,
                Html.escape(ordinate)));
    }
}
