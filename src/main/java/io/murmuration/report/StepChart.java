package io.murmuration.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Quantities over time that keep their value until the next moment: lines of steps, and marks where something happened.
 *
 * @param ordinate what is upwards, with its unit
 * @param times ascending, at least one
 * @param top the highest value that is shown, above 0; what is above it is drawn at the edge
 * @param area what is shown as an area, behind all lines
 * @param lines from the back to the front
 * @param marks in the order of their times
 */
record StepChart(String ordinate, List<Instant> times, double top, Line area, List<Line> lines, List<Mark> marks) {
    private static final double WIDTH = 1120;
    private static final double HEIGHT = 290;
    private static final double LEFT = 60;
    /** Half of the text of a tick at the very end. */
    private static final double RIGHT = 32;

    private static final double TOP = 32;
    private static final double BOTTOM = 46;
    private static final double MARK = 5;
    /** A letter of the legend, on average. */
    private static final double LETTER = 6.8;

    /**
     * A quantity.
     *
     * @param name for the legend
     * @param style class of the path, in the style sheet of the page
     * @param values one for each time; NaN where it is not known
     */
    record Line(String name, String style, double[] values) {}

    /**
     * Something that happened.
     *
     * @param at within the times
     * @param height where it is shown
     * @param style class of the mark, in the style sheet of the page
     * @param up whether it points upwards
     * @param text for those who point at it
     */
    record Mark(Instant at, double height, String style, boolean up, String text) {}

    /** The chart as SVG. */
    String svg() {
        double first = TimeAxis.seconds(times.get(0));
        double last = TimeAxis.seconds(times.get(times.size() - 1));
        // The last value is shown for as long as the one before, so that it is seen.
        double end = times.size() > 1 ? last + (last - TimeAxis.seconds(times.get(times.size() - 2))) : last + 1;
        Axis x = TimeAxis.between(first, end > first ? end : first + 1, LEFT, WIDTH - RIGHT);
        Axis y = top >= 2
                ? Axis.counting(0, Math.ceil(top), HEIGHT - BOTTOM, TOP)
                : Axis.holding(0, top, HEIGHT - BOTTOM, TOP);
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s over time\">",
                WIDTH,
                HEIGHT,
                Html.escape(ordinate)));
        String abscissa = TimeAxis.title(times.get(0), times.get(times.size() - 1));
        Frame.draw(svg, x, second -> TimeAxis.label(x, second), y, abscissa, ordinate, WIDTH, HEIGHT);
        double[] places =
                times.stream().mapToDouble(time -> x.at(TimeAxis.seconds(time))).toArray();
        drawArea(svg, area.style(), runs(area.values(), places, x.to(), y), y.from());
        lines.forEach(line -> drawLine(svg, line.style(), runs(line.values(), places, x.to(), y)));
        drawMarks(svg, x, y);
        drawLegend(svg);
        return svg.append("</svg>").toString();
    }

    private static void drawLine(StringBuilder svg, String style, List<Run> runs) {
        svg.append("<path class=\"").append(style).append("\" d=\"");
        runs.forEach(run -> svg.append(String.format(Locale.ROOT, "M%.1f,%.1f", run.x(), run.y()))
                .append(run.steps()));
        svg.append("\"/>");
    }

    private static void drawArea(StringBuilder svg, String style, List<Run> runs, double base) {
        svg.append("<path class=\"").append(style).append("\" d=\"");
        runs.forEach(run -> svg.append(String.format(Locale.ROOT, "M%.1f,%.1fV%.1f", run.x(), base, run.y()))
                .append(run.steps())
                .append(String.format(Locale.ROOT, "V%.1fZ", base)));
        svg.append("\"/>");
    }

    /** The steps of a line, a run for each stretch in which it is known. */
    private static List<Run> runs(double[] values, double[] places, double end, Axis y) {
        List<Run> runs = new ArrayList<>();
        StringBuilder steps = new StringBuilder();
        int start = -1;
        for (int i : PixelColumns.visible(places, values)) {
            boolean known = !Double.isNaN(values[i]);
            double height = y.at(Math.min(values[i], y.high()));
            if (start < 0) {
                start = known ? i : -1;
                continue;
            }
            steps.append(String.format(Locale.ROOT, "H%.1f", places[i]));
            if (known) {
                steps.append(String.format(Locale.ROOT, "V%.1f", height));
            } else {
                runs.add(new Run(places[start], y.at(Math.min(values[start], y.high())), steps.toString()));
                steps.setLength(0);
                start = -1;
            }
        }
        if (start >= 0) {
            steps.append(String.format(Locale.ROOT, "H%.1f", end));
            runs.add(new Run(places[start], y.at(Math.min(values[start], y.high())), steps.toString()));
        }
        return runs;
    }

    /** A stretch of a line: where it begins, and the steps from there, as commands of SVG. */
    private record Run(double x, double y, String steps) {}

    /** Marks that would cover each other are one: the last. */
    private void drawMarks(StringBuilder svg, Axis x, Axis y) {
        TreeMap<Long, Mark> visible = new TreeMap<>();
        marks.forEach(mark -> visible.put(Math.round(x.at(TimeAxis.seconds(mark.at())) / MARK), mark));
        for (Mark mark : visible.values()) {
            double direction = mark.up() ? -1 : 1;
            double base = y.at(Math.min(mark.height(), y.high())) + direction * 4;
            svg.append(String.format(
                    Locale.ROOT,
                    "<path class=\"%s\" d=\"M%.1f,%.1fh%.1fl%.1f,%.1fZ\"><title>%s</title></path>",
                    mark.style(),
                    x.at(TimeAxis.seconds(mark.at())) - MARK,
                    base,
                    2 * MARK,
                    -MARK,
                    direction * 1.6 * MARK,
                    Html.escape(mark.text())));
        }
    }

    private void drawLegend(StringBuilder svg) {
        double place = legend(svg, LEFT, area, "h22v8h-22Z");
        for (Line line : lines) {
            place = legend(svg, place, line, "m0,4h22");
        }
    }

    /** A sample and a name; returns where the next one may begin. */
    private static double legend(StringBuilder svg, double place, Line line, String sample) {
        svg.append(String.format(
                Locale.ROOT,
                "<path class=\"%s\" d=\"M%.1f,10%s\"/><text class=\"tick\" x=\"%.1f\" y=\"18\">%s</text>",
                line.style(),
                place,
                sample,
                place + 30,
                Html.escape(line.name())));
        return place + 30 + LETTER * line.name().length() + 20;
    }
}
