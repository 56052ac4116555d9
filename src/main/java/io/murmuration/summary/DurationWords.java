package io.murmuration.summary;

import java.time.Duration;
import java.util.Locale;

/** Lengths of time for people, in the unit in which they are read easily. */
public final class DurationWords {
    private static final int SECONDS_SHOWN = 120;

    private DurationWords() {}

    /** @param seconds may be negative, where two clocks do not agree */
    public static String seconds(double seconds) {
        if (seconds < SECONDS_SHOWN) {
            return String.format(Locale.ROOT, Math.abs(seconds) < 9.95 ? "%.2f s" : "%.0f s", seconds);
        }
        Duration duration = Duration.ofSeconds(Math.round(seconds));
        if (duration.toDays() > 1) {
            return String.format(Locale.ROOT, "%,d days", duration.toDays());
        }
        return duration.toHours() < 1
                ? String.format(Locale.ROOT, "%d min %02d s", duration.toMinutes(), duration.toSecondsPart())
                : String.format(Locale.ROOT, "%d h %02d min", duration.toHours(), duration.toMinutesPart());
    }
}
