package io.murmuration.report;

import io.murmuration.summary.RunSummary.Quantiles;
import java.util.Locale;

/**
 * How numbers are distributed: bands that hold 90 % and 50 % of them, and their median, over one axis.
 *
 * @param abscissa what the numbers are, with their unit
 * @param quantiles finite
 */
public record QuantileStrip(String abscissa, Quantiles quantiles) {
    private static final double WIDTH = 520;
    private static final double HEIGHT = 108;
    private static final double MARGIN = 34;
    private static final double TOP = 10;
    private static final double BOTTOM = 58;

    /** The chart as SVG. */
    public String svg() {
        Axis x = Axis.holding(quantiles.q05(), quantiles.q95(), MARGIN, WIDTH - MARGIN);
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"Distribution of %s\">",
                WIDTH,
                HEIGHT,
                Html.escape(abscissa)));
        for (double tick : x.ticks()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$.1f\" y2=\"%3$.1f\"/>"
                            + "<text class=\"tick\" x=\"%1$.1f\" y=\"%4$.1f\" text-anchor=\"middle\">%5$s</text>",
                    x.at(tick),
                    TOP,
                    BOTTOM,
                    BOTTOM + 18,
                    Axis.label(tick)));
        }
        band(svg, x, quantiles.q05(), quantiles.q95(), 10, "5 % to 95 %");
        band(svg, x, quantiles.q25(), quantiles.q75(), 4, "25 % to 75 %");
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"3\" height=\"%.1f\"><title>median: %s</title></rect>",
                x.at(quantiles.q50()) - 1.5,
                TOP,
                BOTTOM - TOP,
                Axis.label(quantiles.q50())));
        return svg.append(String.format(
                        Locale.ROOT,
                        "<text class=\"title\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text></svg>",
                        WIDTH / 2,
                        HEIGHT - 8,
                        Html.escape(abscissa)))
                .toString();
    }

    private static void band(StringBuilder svg, Axis x, double low, double high, double inset, String what) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"band\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"2\">"
                        + "<title>%s: %s to %s</title></rect>",
                x.at(low),
                TOP + inset,
                Math.max(x.at(high) - x.at(low), 1),
                BOTTOM - TOP - 2 * inset,
                what,
                Axis.label(low),
                Axis.label(high)));
    }
}
