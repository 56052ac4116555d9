package io.murmuration.forecast;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A quantile of what is to come, learnt from how several forecasters erred. Each is widened by the quantile of its own
 * errors, additive ones and relative ones, and the quantiles are averaged with weights that fall with the loss that they made
 * in the rolling back-test: (least loss / loss)^ω (Bates &amp; Granger 1969; ω as in Stock &amp; Watson 2004).
 * Forecasts of different kinds are wrong at different times, so that their average does better than the best of them.
 *
 * <p>What is to come need not be the value of one step: whoever observes says what came of the forecast made a horizon ago,
 * a peak or a mean over the steps since, say.
 */
public final class QuantileBlend {
    /** ω: 0 is the plain mean, infinity the best alone. */
    private static final double POWER = 8;
    /** Losses under this count as this. */
    private static final double TINY = 1e-12;

    private final List<Member> members;
    private final int horizon;
    private final int fair;
    private final double least;

    private record Member(Forecaster forecaster, List<ErrorMargin> margins) {}

    private record Weighed(Member member, ErrorMargin margin, double weight) {}

    private QuantileBlend(List<Forecaster> forecasters, double share, int horizon, int day, double least) {
        SlidingQuantiles.checkShare(share);
        if (forecasters.isEmpty() || horizon < 1 || day < 1 || !(least > 0)) {
            throw new IllegalArgumentException(
                    "there are " + forecasters.size() + " forecasters, the horizon is " + horizon + " steps, a day "
                            + day + ", the least value " + least + ", expected at least 1 of each, more than 0");
        }
        int quarter = Math.max(1, day / 4);
        fair = Math.max(1, day / 24);
        this.horizon = horizon;
        this.least = least;
        members = forecasters.stream()
                .map(forecaster -> new Member(
                        forecaster,
                        Stream.of(ErrorMargin.Kind.values())
                                .map(kind -> new ErrorMargin(kind, share, horizon, day, quarter))
                                .toList()))
                .toList();
    }

    /**
     * @param forecasters to learn from; they are told every value here, and may have observed before
     * @param share the quantile, from 0 to 1
     * @param horizon steps from a forecast until it is known what came of it, at least 1
     * @param day steps in a day: errors of a day make the quantiles, losses of a quarter of it the weights, and forecasters
     *     that have been settled for an hour of it are weighed
     * @param least forecasts under it count as it, so that errors can be relative to them; over 0, in the unit of the series
     */
    public static QuantileBlend of(List<Forecaster> forecasters, double share, int horizon, int day, double least) {
        return new QuantileBlend(forecasters, share, horizon, day, least);
    }

    public int horizon() {
        return horizon;
    }

    /**
     * Takes in a step.
     *
     * @param value of the series; NaN where it is missing
     * @param actual what came of the forecast made {@code horizon} steps ago; NaN where that is not known
     */
    public void observe(double value, double actual) {
        for (Member member : members) {
            member.forecaster().observe(value);
            double point = member.forecaster().forecast(horizon).orElse(Double.NaN);
            for (ErrorMargin margin : member.margins()) {
                margin.observe(actual, Double.isNaN(point) ? point : Math.max(point, least));
            }
        }
    }

    /** The quantile of what is to come from now on; empty where no forecaster has observed enough. */
    public Optional<QuantileForecast> forecast() {
        List<Weighed> weighed = weigh();
        if (weighed.isEmpty()) {
            return Optional.empty();
        }
        double weights = 0;
        double sum = 0;
        Weighed first = weighed.get(0);
        for (Weighed one : weighed) {
            weights += one.weight();
            sum += one.weight() * one.margin().quantile();
            first = one.weight() > first.weight() ? one : first;
        }
        return Optional.of(new QuantileForecast(
                sum / weights,
                first.member().forecaster().name(),
                first.member().forecaster().forecast(horizon).orElseThrow(),
                first.weight() / weights,
                first.margin().settled() == 0 ? Double.NaN : first.margin().loss()));
    }

    private List<Weighed> weigh() {
        int most = margins().mapToInt(ErrorMargin::settled).max().orElse(0);
        int enough = Math.min(fair, most);
        double best = margins()
                .filter(margin -> takesPart(margin, enough))
                .mapToDouble(ErrorMargin::loss)
                .min()
                .orElse(0);
        return members.stream()
                .flatMap(member -> member.margins().stream()
                        .filter(margin -> takesPart(margin, enough))
                        .map(margin -> new Weighed(
                                member, margin, Math.pow(Math.max(best, TINY) / Math.max(margin.loss(), TINY), POWER))))
                .toList();
    }

    private static boolean takesPart(ErrorMargin margin, int enough) {
        return margin.settled() >= enough && !Double.isNaN(margin.quantile());
    }

    private Stream<ErrorMargin> margins() {
        return members.stream().flatMap(member -> member.margins().stream());
    }
}
