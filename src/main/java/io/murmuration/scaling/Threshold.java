package io.murmuration.scaling;

/**
 * Where one metric asks for more instances and where it allows fewer, in the unit of that metric.
 *
 * @param metric the metric
 * @param up over it more instances are needed, if the metric is critical
 * @param down under it fewer may do; less than {@code up}
 * @param hysteresis how far a value may come back over either threshold before a condition that holds ends, from 0; the
 *     two bands do not overlap
 * @param critical whether this metric alone may ask for more; it has a say in going down in any case
 */
public record Threshold(Metric metric, double up, double down, double hysteresis, boolean critical) {
    public Threshold {
        if (!(down < up) || Double.isInfinite(up) || Double.isInfinite(down)) {
            throw new IllegalArgumentException("the thresholds of " + metric + " cross: down under " + number(down)
                    + ", up over " + number(up) + ", expected down < up");
        }
        if (!(hysteresis >= 0) || down + hysteresis > up - hysteresis) {
            throw new IllegalArgumentException("the hysteresis of " + metric + " is " + number(hysteresis)
                    + ", expected from 0 to half of the way between the thresholds " + number(down) + " and "
                    + number(up));
        }
    }

    /** A critical metric without hysteresis. */
    public static Threshold of(Metric metric, double up, double down) {
        return new Threshold(metric, up, down, 0, true);
    }

    private static String number(double value) {
        return Double.toString(value);
    }

    /** Whether a value asks for more; where it did before, it does so until it is under by the hysteresis. */
    boolean isOver(double value, boolean before) {
        return value > (before ? up - hysteresis : up);
    }

    /** Whether a value allows fewer; where it did before, it does so until it is over by the hysteresis. */
    boolean isUnder(double value, boolean before) {
        return value < (before ? down + hysteresis : down);
    }

    /** That a value, measured or forecast, is over, in words with the threshold that it is over. */
    String over(double value, String kind) {
        return metric + kind + " " + text(value) + " > "
                + (value > up ? text(up) : text(up - hysteresis) + " (" + text(up) + " with hysteresis)");
    }

    /** That a value is under, in words with the threshold that it is under. */
    String under(double value) {
        return metric + " " + text(value) + " < "
                + (value < down ? text(down) : text(down + hysteresis) + " (" + text(down) + " with hysteresis)");
    }

    /** That a value, measured or forecast, is not under, in words. */
    String notUnder(double value, String kind) {
        return metric + kind + " " + text(value) + " not < " + text(down);
    }

    private String text(double value) {
        return metric.unit().text(value);
    }
}
