package io.murmuration.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;

/** Scales of time in seconds since the epoch, with ticks at round times of the day, all in UTC. */
final class TimeAxis {
    private static final double MOST_TICKS = 8;
    private static final long DAY = 86_400;
    private static final long[] STEPS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 3 * 3600, 6 * 3600, 12 * 3600
    };
    private static final DateTimeFormatter SECONDS = formatter("HH:mm:ss");
    private static final DateTimeFormatter MINUTES = formatter("HH:mm");
    private static final DateTimeFormatter DAYS = formatter("MM-dd");

    private TimeAxis() {}

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** A scale from one second to a later one. */
    static Axis between(double low, double high, double from, double to) {
        double least = (high - low) / MOST_TICKS;
        long step = Arrays.stream(STEPS)
                .filter(seconds -> seconds >= least)
                .findFirst()
                .orElse(DAY * (long) Math.ceil(least / DAY));
        return new Axis(low, high, from, to, step);
    }

    /** The text of a tick: as fine as the steps of the scale are; midnight shows its date. */
    static String label(Axis axis, double second) {
        Instant time = Instant.ofEpochSecond((long) second);
        if (axis.step() >= 60 && (long) second % DAY == 0) {
            return DAYS.format(time);
        }
        return (axis.step() < 60 ? SECONDS : MINUTES).format(time);
    }

    /** A time of the day, to the second. */
    static String clock(Instant time) {
        return SECONDS.format(time);
    }

    /** The title of a scale of time: which day it is, or which ones. */
    static String title(Instant first, Instant last) {
        LocalDate from = LocalDate.ofInstant(first, ZoneOffset.UTC);
        LocalDate to = LocalDate.ofInstant(last, ZoneOffset.UTC);
        return "UTC, " + from + (from.equals(to) ? "" : " to " + to);
    }

    static double seconds(Instant time) {
        return time.getEpochSecond() + time.getNano() / 1e9;
    }
}
