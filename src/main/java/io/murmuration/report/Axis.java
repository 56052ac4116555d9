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
 */
record Axis(double low, double high, double from, double to) {
    private static final int WANTED_TICKS = 5;

    /** A scale that holds all values from low to high, widened to round numbers; constant values get room around them. */
    static Axis holding(double low, double high, double from, double to) {
        double span = high - low;
        if (!(span > 0)) {
            double room = Math.max(Math.abs(low) * 0.1, 0.5);
            return holding(low - room, low + room, from, to);
        }
        double step = step(span);
        return new Axis(Math.floor(low / step) * step, Math.ceil(high / step) * step, from, to);
    }

    private static double step(double span) {
        double raw = span / WANTED_TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double leading = raw / power;
        return power * (leading <= 1 ? 1 : leading <= 2 ? 2 : leading <= 5 ? 5 : 10);
    }

    double at(double value) {
        return from + (value - low) / (high - low) * (to - from);
    }

    List<Double> ticks() {
        double step = step(high - low);
        List<Double> ticks = new ArrayList<>();
        for (long i = Math.round(Math.ceil(low / step - 1e-9)); i * step <= high + step * 1e-9; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** A number as a person writes it: short, with thousands marked. */
    static String label(double value) {
        double size = Math.abs(value);
        if (size >= 1e6 || size > 0 && size < 1e-3) {
            return String.format(Locale.ROOT, "%.3g", value);
        }
        String text = size >= 1000
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.3f", value).replaceFirst("\\.?0+$", "");
        return text.equals("-0") ? "0" : text;
    }
}
