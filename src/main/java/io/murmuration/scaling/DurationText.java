package io.murmuration.scaling;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500 ms}, {@code 15 s}, {@code 5 min}, {@code 1 h}, {@code 2 d}. */
final class DurationText {
    private static final Pattern TEXT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|min|m|h|d)");
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "min", 60_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    private DurationText() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Duration parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\", expected a duration such as 500 ms, 15 s, 5 min or 1 h");
        }
        return Duration.ofMillis(Math.round(Double.parseDouble(matcher.group(1)) * MILLIS.get(matcher.group(2))));
    }

    /** A duration in seconds, as {@code 300 s} or {@code 0.5 s}. */
    static String of(Duration duration) {
        return Metric.Unit.SECONDS.text(duration.toMillis() / 1e3);
    }
}
