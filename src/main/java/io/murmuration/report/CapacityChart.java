package io.murmuration.report;

import java.util.Arrays;
import java.util.Locale;

/**
 * Demand against capacity over time, both in instances: an area, and the line of those that were ready over it.
 *
 * @param abscissa the unit of time
 * @param start of the first stretch
 * @param stretch that a value stands for
 * @param demand a mean for each stretch, at least one
 * @param ready as many
 */
public record CapacityChart(String abscissa, double start, double stretch, double[] demand, double[] ready) {
    private static final double WIDTH = 520;
    private static final double HEIGHT = 220;
    private static final double LEFT = 52;
    private static final double RIGHT = 16;
    private static final double TOP = 12;
    private static final double BOTTOM = 46;

    /** The chart as SVG. */
    public String svg() {
        Axis x = Axis.between(start, start + stretch * demand.length, LEFT, WIDTH - RIGHT);
        double most = Math.max(
                Arrays.stream(demand).max().orElse(1),
                Arrays.stream(ready).max().orElse(1));
        Axis y = Axis.holding(0, most, HEIGHT - BOTTOM, TOP);
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"Demand and ready instances by %s\">",
                WIDTH,
                HEIGHT,
                Html.escape(abscissa)));
        Frame.draw(svg, x, y, abscissa, "instances", WIDTH, HEIGHT);
        svg.append(String.format(Locale.ROOT, "<path d=\"M%.1f,%.1f ", x.at(start), y.at(0)));
        steps(svg, x, y, demand);
        svg.append(String.format(
                Locale.ROOT,
                "%.1f,%.1fZ\" style=\"fill:var(--soft);opacity:.45\"/>",
                x.at(start + stretch * demand.length),
                y.at(0)));
        svg.append("<polyline class=\"line\" style=\"stroke-width:1.4\" points=\"");
        steps(svg, x, y, ready);
        return svg.append("\"/></svg>").toString();
    }

    /** Each value from the beginning of its stretch to the end. */
    private void steps(StringBuilder svg, Axis x, Axis y, double[] values) {
        for (int i = 0; i < values.length; i++) {
            double height = y.at(values[i]);
            svg.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.1f %.1f,%.1f ",
                    x.at(start + stretch * i),
                    height,
                    x.at(start + stretch * (i + 1)),
                    height));
        }
    }
}
