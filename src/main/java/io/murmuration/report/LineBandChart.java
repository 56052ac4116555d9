package io.murmuration.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * A line over an abscissa, with bands around it.
 *
 * @param abscissa what is to the right, counted in whole numbers, with its unit
 * @param ordinate what is upwards, with its unit
 * @param points from left to right, at least one
 */
public record LineBandChart(String abscissa, String ordinate, List<Point> points) {
    private static final double WIDTH = 520;
    private static final double HEIGHT = 260;
    private static final double LEFT = 66;
    private static final double RIGHT = 16;
    private static final double TOP = 12;
    private static final double BOTTOM = 46;

    /**
     * A place on the line.
     *
     * @param x where
     * @param y the line
     * @param bands bounds, from the outermost: low, high, low, high …; empty for a line alone
     */
    public record Point(double x, double y, double... bands) {}

    /** The chart as SVG. */
    public String svg() {
        Axis x = Axis.counting(points.get(0).x(), points.get(points.size() - 1).x(), LEFT, WIDTH - RIGHT);
        double low =
                points.stream().flatMapToDouble(LineBandChart::heights).min().orElse(0);
        double high =
                points.stream().flatMapToDouble(LineBandChart::heights).max().orElse(1);
        Axis y = Axis.holding(low, high, HEIGHT - BOTTOM, TOP);
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s by %s\">",
                WIDTH,
                HEIGHT,
                Html.escape(ordinate),
                Html.escape(abscissa)));
        Frame.draw(svg, x, y, abscissa, ordinate, WIDTH, HEIGHT);
        for (int band = 0; band + 1 < points.get(0).bands().length; band += 2) {
            drawBand(svg, x, y, band);
        }
        drawLine(svg, x, y);
        return svg.append("</svg>").toString();
    }

    private static DoubleStream heights(Point point) {
        return DoubleStream.concat(DoubleStream.of(point.y()), DoubleStream.of(point.bands()));
    }

    private void drawBand(StringBuilder svg, Axis x, Axis y, int band) {
        svg.append("<path class=\"band\" d=\"M");
        for (Point point : points) {
            place(svg, x.at(point.x()), y.at(point.bands()[band + 1]));
        }
        for (int i = points.size() - 1; i >= 0; i--) {
            place(svg, x.at(points.get(i).x()), y.at(points.get(i).bands()[band]));
        }
        svg.append("Z\"/>");
        if (points.size() == 1) {
            Point only = points.get(0);
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"whisker\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
                    x.at(only.x()),
                    x.at(only.x()),
                    y.at(only.bands()[band]),
                    y.at(only.bands()[band + 1])));
        }
    }

    private void drawLine(StringBuilder svg, Axis x, Axis y) {
        svg.append("<polyline class=\"line\" points=\"");
        points.forEach(point -> place(svg, x.at(point.x()), y.at(point.y())));
        svg.append("\"/>");
        if (points.size() <= 60) {
            for (Point point : points) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\"><title>%s: %s</title></circle>",
                        x.at(point.x()),
                        y.at(point.y()),
                        Axis.label(point.x()),
                        Axis.label(point.y())));
            }
        }
    }

    private static void place(StringBuilder svg, double x, double y) {
        svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
    }
}
