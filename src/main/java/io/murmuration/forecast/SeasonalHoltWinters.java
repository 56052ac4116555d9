package io.murmuration.forecast;

import java.util.OptionalDouble;

/**
 * Holt–Winters with the seasons that the series has, found and fitted anew each day on the last weeks. Missing values are
 * those of {@link HoltWinters}.
 */
public final class SeasonalHoltWinters implements Forecaster {
    private static final int WINDOW_DAYS = 14;

    private final int stepsADay;
    private final SeasonFinder finder;
    private final Window window;
    private int sinceFit;
    private Seasons seasons;
    private HoltWinters model;

    private SeasonalHoltWinters(int stepsADay) {
        this.stepsADay = stepsADay;
        finder = SeasonFinder.of(stepsADay);
        window = new Window(WINDOW_DAYS * stepsADay);
    }

    /** @param stepsADay at least 2; a fit takes in the order of a thousand times the window, so that it had better be a few hundred */
    public static SeasonalHoltWinters of(int stepsADay) {
        return new SeasonalHoltWinters(stepsADay);
    }

    @Override
    public String name() {
        return "holt-winters";
    }

    /** The seasons in use; none in the first day. */
    public Seasons seasons() {
        return seasons == null ? new Seasons(stepsADay, Double.NaN, Double.NaN, false, false) : seasons;
    }

    @Override
    public void observe(double value) {
        window.add(value);
        sinceFit++;
        if (sinceFit == stepsADay) {
            double[] recent = window.latest(WINDOW_DAYS * stepsADay);
            seasons = finder.find(recent);
            model = SmoothingFit.fitted(recent, seasons.periods());
            sinceFit = 0;
        } else if (model != null) {
            model.observe(value);
        }
    }

    @Override
    public OptionalDouble forecast(int stepsAhead) {
        return model == null ? OptionalDouble.empty() : model.forecast(stepsAhead);
    }
}
