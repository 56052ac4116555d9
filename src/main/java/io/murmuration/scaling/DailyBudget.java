package io.murmuration.scaling;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * Keeps a day's spending within its budget: the fewest instances are paid for until midnight first, and what is left over
 * may be spent on more within the hour. What was spent before the first tick is not known and counts as nothing; instances
 * count from when they are asked for.
 */
final class DailyBudget implements Stage {
    private final Budget budget;
    private final double perDay;
    private final int minInstances;
    private LocalDate day = LocalDate.MIN;
    private double spent;
    private Instant last = Instant.MIN;
    private int charged;

    DailyBudget(Budget budget, int minInstances) {
        this.budget = budget;
        perDay = budget.perDay().orElseThrow();
        this.minInstances = minInstances;
    }

    @Override
    public Proposal refine(Proposal proposal, Tick tick) {
        Instant midnight = spend(tick);
        double hoursLeft = hours(tick.at(), midnight);
        double spare = perDay - spent - minInstances * budget.instanceHour() * hoursLeft;
        double more = Math.max(0, spare) / (budget.instanceHour() * Math.min(1, hoursLeft));
        int most = (int) Math.min(Integer.MAX_VALUE, minInstances + Math.floor(more));
        return proposal.atMost(
                most,
                "at most " + most + " instances (budget: " + Metric.Unit.WORK.text(spent) + " of "
                        + Metric.Unit.WORK.text(perDay) + " spent today)");
    }

    /** Charges the time since the last tick, and returns when this day ends. */
    private Instant spend(Tick tick) {
        LocalDate today = tick.at().atZone(budget.zone()).toLocalDate();
        Instant begin = today.atStartOfDay(budget.zone()).toInstant();
        if (!today.equals(day)) {
            day = today;
            spent = 0;
        }
        Instant from = last.isAfter(begin) ? last : begin;
        if (!last.equals(Instant.MIN) && from.isBefore(tick.at())) {
            spent += charged * budget.instanceHour() * hours(from, tick.at());
        }
        last = tick.at();
        charged = tick.present();
        return today.plusDays(1).atStartOfDay(budget.zone()).toInstant();
    }

    private static double hours(Instant from, Instant to) {
        return from.until(to, ChronoUnit.MILLIS) / (double) Duration.ofHours(1).toMillis();
    }

    /** Time that was jumped over is not charged; what was spent stays spent. */
    @Override
    public void forget() {
        last = Instant.MIN;
    }
}
