package io.murmuration.scaling.backtest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.analysis.interpolation.LinearInterpolator;
import org.apache.commons.math3.analysis.polynomials.PolynomialSplineFunction;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * A recorded load as the plant takes it: a value for each step of 15 s, held constant between samples (interpolated
 * linearly to 5 minutes first where its median spacing is 10 minutes or more), at most 28 days, clipped at what 60
 * instances do.
 *
 * @param name the file's name without its ending
 * @param start the time of the first step
 * @param loads work that arrives, a step
 * @param capacity work that one instance does in a step: the 99th percentile of the loads is what 20 instances do
 */
public record LoadTrace(String name, Instant start, double[] loads, double capacity) implements Serializable {
    static final Duration STEP = Duration.ofSeconds(15);
    static final int STEPS_A_DAY = 5760;
    /** Instances that the 99th percentile of the load keeps busy. */
    private static final int INSTANCES_AT_99 = 20;

    static final int MAX_INSTANCES = 60;
    private static final int MAX_DAYS = 28;
    private static final double SPARSE_SECONDS = 600;
    private static final double INTERPOLATED_SECONDS = 300;

    /** Reads a {@code timestamp,value} table in the order of time. */
    public static LoadTrace read(Path file) {
        List<Double> seconds = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String header = lines.readLine();
            if (header == null || !header.strip().equals("timestamp,value")) {
                throw new InvalidTraceException(
                        file + " begins with " + (header == null ? "nothing" : "\"" + header + "\"")
                                + ", expected the header timestamp,value");
            }
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    readLine(line, file + ", line " + number, seconds, values);
                }
            }
        } catch (IOException e) {
            throw new InvalidTraceException(file + " cannot be read: " + e, e);
        }
        if (seconds.size() < 2) {
            throw new InvalidTraceException(
                    file + " has " + seconds.size() + " samples, expected at least 2 with the header timestamp,value");
        }
        String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        return of(name, toArray(seconds), toArray(values));
    }

    private static void readLine(String line, String where, List<Double> seconds, List<Double> values) {
        String[] cells = line.split(",", -1);
        if (cells.length != 2) {
            throw new InvalidTraceException(where + " is \"" + line + "\", expected timestamp,value");
        }
        double time = time(cells[0].strip(), where);
        if (!seconds.isEmpty() && time < seconds.get(seconds.size() - 1)) {
            throw new InvalidTraceException(where + " is earlier than the line before, expected the order of time");
        }
        double value = value(cells[1].strip(), where);
        if (!seconds.isEmpty() && time == seconds.get(seconds.size() - 1)) {
            values.set(values.size() - 1, value);
            return;
        }
        seconds.add(time);
        values.add(value);
    }

    private static double time(String text, String where) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notEpochSeconds) {
            try {
                String iso = text.replace(' ', 'T');
                Instant instant = iso.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
                        ? OffsetDateTime.parse(iso).toInstant()
                        : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
                return instant.toEpochMilli() / 1000.0;
            } catch (DateTimeParseException e) {
                throw new InvalidTraceException(
                        where + " has the timestamp \"" + text
                                + "\", expected one like 2026-01-31 12:00:00 or seconds since the epoch",
                        e);
            }
        }
    }

    private static double value(String text, String where) {
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new InvalidTraceException(where + " has the value \"" + text + "\", expected a number", e);
        }
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new InvalidTraceException(
                    where + " has the value " + text + ", expected a finite load of at least 0");
        }
        return value;
    }

    private static double[] toArray(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** A trace of samples at increasing times in seconds since the epoch. */
    static LoadTrace of(String name, double[] seconds, double[] values) {
        double[] spacing = new double[seconds.length - 1];
        Arrays.setAll(spacing, i -> seconds[i + 1] - seconds[i]);
        boolean sparse = new Median().evaluate(spacing) >= SPARSE_SECONDS;
        double length = seconds[seconds.length - 1] - seconds[0];
        int steps = (int) Math.min(length / STEP.toSeconds() + 1, (double) MAX_DAYS * STEPS_A_DAY);
        double[] loads = new double[steps];
        PolynomialSplineFunction line = sparse ? new LinearInterpolator().interpolate(seconds, values) : null;
        int sample = 0;
        for (int step = 0; step < steps; step++) {
            double time = seconds[0] + (double) step * STEP.toSeconds();
            if (line != null) {
                loads[step] = line.value(
                        seconds[0] + Math.floor((time - seconds[0]) / INTERPOLATED_SECONDS) * INTERPOLATED_SECONDS);
            } else {
                while (sample + 1 < seconds.length && seconds[sample + 1] <= time) {
                    sample++;
                }
                loads[step] = values[sample];
            }
        }
        return ofSteps(name, Instant.ofEpochMilli(Math.round(seconds[0] * 1000)), loads);
    }

    /** A trace of step loads: its capacity is worked out, and the loads are clipped. */
    private static LoadTrace ofSteps(String name, Instant start, double[] loads) {
        double capacity =
                new Percentile().withEstimationType(EstimationType.R_7).evaluate(loads, 99) / INSTANCES_AT_99;
        if (capacity == 0) {
            throw new InvalidTraceException(
                    "the trace " + name + " is 0 almost throughout, expected a load in 1 step of 100 at least");
        }
        double most = MAX_INSTANCES * capacity;
        return new LoadTrace(
                name, start, Arrays.stream(loads).map(x -> Math.min(x, most)).toArray(), capacity);
    }

    /** Instances that do a step's load in that step, within the bounds of the plant. */
    public int needed(int step) {
        return Backtest.CONTEXT.clip((int) Math.ceil(loads[step] / capacity));
    }

    public int steps() {
        return loads.length;
    }

    /** How long it is, in days. */
    public double days() {
        return loads.length / stepsADay();
    }

    /** Steps of a day. */
    public static double stepsADay() {
        return STEPS_A_DAY;
    }

    /** The first step of a day, which may be a part of one: of 1.5, that of the second noon. */
    public static int stepOfDay(double day) {
        return (int) Math.round(day * STEPS_A_DAY);
    }

    /** The first step of the day's length of the greatest load, from a step on; of a shorter rest that step. */
    public int heaviestDay(int from) {
        double sum = 0;
        double greatest = -1;
        int first = from;
        for (int step = from; step < loads.length; step++) {
            sum += loads[step] - (step - STEPS_A_DAY >= from ? loads[step - STEPS_A_DAY] : 0);
            if (step - from + 1 >= STEPS_A_DAY && sum > greatest) {
                greatest = sum;
                first = step - STEPS_A_DAY + 1;
            }
        }
        return first;
    }

    /** One after the last step of the day that begins at a step. */
    public int endOfDay(int first) {
        return Math.min(loads.length, first + STEPS_A_DAY);
    }
}
