package io.murmuration.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * What policies cost against what they violate: a dot for each setting of each, and a curve through those settings that no
 * other of the same policy is better than in both. The lower and the more to the left, the better.
 *
 * @param abscissa violations, in percent: on a logarithmic scale, with all that is less than 0.01 at its beginning
 * @param ordinate cost
 * @param curves at least one, with at least one point each
 */
public record FrontierChart(String abscissa, String ordinate, List<Curve> curves) {
    private static final double WIDTH = 760;
    private static final double HEIGHT = 440;
    private static final double LEFT = 56;
    private static final double RIGHT = 130;
    private static final double TOP = 12;
    private static final double BOTTOM = 46;
    private static final double LEAST = 0.01;
    private static final double MOST = 100;
    /** Costs above this many times the least are outside: the curves of interest would lie flat on the ground. */
    private static final double MOST_TIMES = 3;

    private static final double LEGEND_ROW = 18;

    /**
     * A policy.
     *
     * @param bound whether it is a bound on what others can reach
     * @param points its settings
     */
    public record Curve(String name, boolean bound, List<Point> points) {
        public Curve {
            points = points.stream()
                    .sorted(Comparator.comparingDouble(Point::violations).thenComparing(Point::cost))
                    .toList();
        }

        /** Settings that no other of this policy is better than in both, from the fewest violations to the least cost. */
        private List<Point> unbeaten() {
            List<Point> unbeaten = new ArrayList<>();
            double least = Double.POSITIVE_INFINITY;
            for (Point point : points) {
                if (point.cost() < least) {
                    unbeaten.add(point);
                    least = point.cost();
                }
            }
            return unbeaten;
        }
    }

    /** A setting; one is the default. */
    public record Point(String setting, double violations, double cost, boolean isDefault) {}

    /** The chart as SVG. */
    public String svg() {
        double least = costs().min().orElse(1);
        double most = costs().filter(cost -> cost <= MOST_TIMES * least).max().orElse(least + 1);
        Axis y = Axis.holding(Math.min(1, least), most, HEIGHT - BOTTOM, TOP);
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %.0f %.0f\" style=\"max-width:900px\" role=\"img\" aria-label=\"%s against %s\">",
                WIDTH,
                HEIGHT,
                Html.escape(ordinate),
                Html.escape(abscissa)));
        drawFrame(svg, y);
        for (int i = 0; i < curves.size(); i++) {
            drawCurve(svg, curves.get(i), colour(i), y);
            drawLegend(svg, curves.get(i), colour(i), TOP + 6 + i * LEGEND_ROW);
        }
        return svg.append("</svg>").toString();
    }

    private DoubleStream costs() {
        return curves.stream().flatMap(curve -> curve.points().stream()).mapToDouble(Point::cost);
    }

    /** Neighbours are far apart on the wheel of colours, at a lightness that reads on white and on black. */
    private static String colour(int place) {
        return String.format(Locale.ROOT, "hsl(%.0f 60%% 54%%)", place * 137.5 % 360);
    }

    private static double x(double violations) {
        double share = Math.log10(Math.max(violations, LEAST) / LEAST) / Math.log10(MOST / LEAST);
        return LEFT + share * (WIDTH - RIGHT - LEFT);
    }

    private void drawFrame(StringBuilder svg, Axis y) {
        double right = WIDTH - RIGHT;
        for (double tick : y.ticks()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>"
                            + "<text class=\"tick\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                    LEFT,
                    right,
                    y.at(tick),
                    y.at(tick),
                    LEFT - 8,
                    y.at(tick) + 4,
                    Axis.label(tick)));
        }
        for (double decade = LEAST; decade <= MOST; decade *= 10) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$.1f\" y2=\"%3$.1f\"/>"
                            + "<text class=\"tick\" x=\"%1$.1f\" y=\"%4$.1f\" text-anchor=\"middle\">%5$s</text>",
                    x(decade),
                    TOP,
                    HEIGHT - BOTTOM,
                    HEIGHT - BOTTOM + 18,
                    decade == LEAST ? "≤ 0.01" : Axis.label(decade)));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"title\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>"
                        + "<text class=\"title\" transform=\"translate(14 %.1f) rotate(-90)\" text-anchor=\"middle\">%s</text>",
                (LEFT + right) / 2,
                HEIGHT - 8,
                Html.escape(abscissa),
                (y.from() + y.to()) / 2,
                Html.escape(ordinate)));
    }

    private static void drawCurve(StringBuilder svg, Curve curve, String colour, Axis y) {
        List<Point> inside = curve.points().stream()
                .filter(point -> point.cost() <= y.high())
                .toList();
        svg.append(String.format(
                "<polyline style=\"fill:none;stroke:%s;stroke-width:1.5%s\" points=\"",
                colour, curve.bound() ? ";stroke-dasharray:4 4" : ""));
        curve.unbeaten().stream()
                .filter(inside::contains)
                .forEach(point -> svg.append(
                        String.format(Locale.ROOT, "%.1f,%.1f ", x(point.violations()), y.at(point.cost()))));
        svg.append("\"/>");
        for (Point point : inside) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<circle style=\"fill:%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%s\"><title>%s@%s: %s %% violated at cost %s</title></circle>",
                    colour,
                    x(point.violations()),
                    y.at(point.cost()),
                    point.isDefault() ? "5" : "2.5",
                    Html.escape(curve.name()),
                    Html.escape(point.setting()),
                    Axis.label(point.violations()),
                    Axis.label(point.cost())));
        }
    }

    private static void drawLegend(StringBuilder svg, Curve curve, String colour, double y) {
        double x = WIDTH - RIGHT + 14;
        svg.append(String.format(
                Locale.ROOT,
                "<circle style=\"fill:%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/><text x=\"%.1f\" y=\"%.1f\">%s</text>",
                colour,
                x,
                y,
                x + 10,
                y + 4,
                Html.escape(curve.bound() ? curve.name() + " (bound)" : curve.name())));
    }
}
