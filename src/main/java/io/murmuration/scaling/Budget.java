package io.murmuration.scaling;

import java.time.ZoneId;
import java.util.OptionalDouble;

/**
 * What instances cost and what may be spent on them, in one currency.
 *
 * @param instanceHour price of an instance for an hour, over 0
 * @param perHour what may be spent in an hour at most; empty: no limit
 * @param perDay what may be spent in a calendar day at most; empty: no limit
 * @param zone whose midnight a day begins at
 */
public record Budget(double instanceHour, OptionalDouble perHour, OptionalDouble perDay, ZoneId zone) {
    public Budget {
        if (!(instanceHour > 0)) {
            throw new IllegalArgumentException("an instance-hour costs " + instanceHour + ", expected more than 0");
        }
    }

    /** Most instances that the day's budget pays for from midnight to midnight. */
    int mostAllDay() {
        return most(perDay, 24);
    }

    /** Most instances that the hour's budget pays for. */
    int most() {
        return most(perHour, 1);
    }

    private int most(OptionalDouble budget, int hours) {
        return budget.isPresent()
                ? (int) Math.min(Integer.MAX_VALUE, budget.getAsDouble() / (instanceHour * hours))
                : Integer.MAX_VALUE;
    }
}
