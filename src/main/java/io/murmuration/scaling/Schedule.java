package io.murmuration.scaling;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * A floor by the time of day: so many instances at least, however little there is to do.
 *
 * @param name its name in reasons
 * @param days on which it begins
 * @param from when it begins
 * @param to when it ends, not included; at or before {@code from} it ends on the day after
 * @param zone whose time that is
 * @param minInstances the floor
 */
public record Schedule(String name, Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone, int minInstances) {
    public Schedule {
        days = Set.copyOf(days);
        if (minInstances < 0) {
            throw new IllegalArgumentException(
                    "the schedule " + name + " wants " + minInstances + " instances, expected at least 0");
        }
    }

    /** Whether it holds at a moment. */
    public boolean holds(Instant moment) {
        ZonedDateTime local = moment.atZone(zone);
        LocalTime time = local.toLocalTime();
        DayOfWeek today = local.getDayOfWeek();
        if (from.isBefore(to)) {
            return days.contains(today) && !time.isBefore(from) && time.isBefore(to);
        }
        return !time.isBefore(from) ? days.contains(today) : (time.isBefore(to) && days.contains(today.minus(1)));
    }

    String owner() {
        return "the schedule " + name;
    }
}
