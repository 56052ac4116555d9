package io.murmuration.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A linear scale from values to pixels, with ticks at round numbers.
 *
 * @param low the value at {@code from}
 * @param high the value at {@code to}, greater than {@code low}
 * @param from pixels
 * @param to pixels
 * @param step from tick to tick
 */
record Axis(double low, double high, double from, double to, double step) {
    private static final int WANTED_TICKS = 5;
    /** Quantiles are known to 1 %: an axis that shows finer differences would show their error. */
    private static final double RESOLUTION = 0.02;

    /** A scale that ends at its values. */
    static Axis between(double low, double high, double from, double to) {
        return new Axis(low, high, from, to, stepOf(high - low));
    }

    /** A scale of whole numbers that ends half a unit beyond a lone one, and otherwise at the first and the last. */
    static Axis counting(double first, double last, double from, double to) {
        double room = last > first ? 0 : 0.5;
        return new Axis(first - room, last + room, from, to, Math.max(1, stepOf(Math.max(last - first, 1))));
    }

    /** A scale that holds all values from low to high, widened to round numbers; values that hardly differ get room around them. */
    static Axis holding(double low, double high, double from, double to) {
        double span = high - low;
        if (!(span > Math.max(RESOLUTION * Math.max(Math.abs(low), Math.abs(high)), Float.MIN_NORMAL))) {
            double room = low == 0 ? 0.5 : Math.max(Math.abs(low) * 0.1, 1e-6);
            return holding(low - room, low + room, from, to);
        }
        double step = stepOf(span);
        // A quotient may be rounded to the whole number on the wrong side of it: the values themselves are the last
        // bound.
        double floor = Math.min(low, Math.floor(low / step) * step);
        double ceiling = Math.max(high, Math.ceil(high / step) * step);
        return new Axis(floor, ceiling, from, to, step);
    }

    private static double stepOf(double span) {
        double raw = span / WANTED_TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double leading = raw / power;
        return power * (leading <= 1 ? 1 : leading <= 2 ? 2 : leading <= 5 ? 5 : 10);
    }

    double at(double value) {
        return from + (value - low) / (high - low) * (to - from);
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (long i = Math.round(Math.ceil(low / step - 1e-9)); i * step <= high + step * 1e-9; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** A number as a person writes it: short, with thousands marked, millions as 1.5M, tiny ones as 2e-4. */
    static String label(double value) {
        double size = Math.abs(value);
        if (size >= 1e12 || (size > 0 && size < 1e-3)) {
            String[] parts = String.format(Locale.ROOT, "%.2e", value).split("e");
            return shortened(parts[0]) + "e" + Integer.parseInt(parts[1]);
        }
        if (size >= 1e6) {
            return size >= 1e9 ? decimals(value / 1e9) + "G" : decimals(value / 1e6) + "M";
        }
        return size >= 1e4 ? String.format(Locale.ROOT, "%,.0f", value) : decimals(value);
    }

    private static String decimals(double value) {
        String text = shortened(String.format(Locale.ROOT, "%,.3f", value));
        return text.equals("-0") ? "0" : text;
    }

    private static String shortened(String text) {
        return text.replaceFirst("\\.?0+$", "");
    }
}
