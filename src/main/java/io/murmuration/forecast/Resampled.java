package io.murmuration.forecast;

import java.util.OptionalDouble;

/**
 * A forecaster that is told means of blocks of steps instead of each step, for models whose season would be too long in
 * steps. What is forecast of a step is what is forecast of its block. The present ones of a block's values make its mean; it
 * is missing where all of them are.
 */
public final class Resampled implements Forecaster {
    private final Forecaster coarse;
    private final int resolution;
    private int filled;
    private int present;
    private double sum;

    private Resampled(Forecaster coarse, int resolution) {
        if (resolution < 1) {
            throw new IllegalArgumentException("the resolution is " + resolution + " steps, expected at least 1");
        }
        this.coarse = coarse;
        this.resolution = resolution;
    }

    /**
     * @param coarse is told the blocks, and nothing else
     * @param resolution steps in a block, at least 1
     */
    public static Resampled of(Forecaster coarse, int resolution) {
        return new Resampled(coarse, resolution);
    }

    @Override
    public String name() {
        return coarse.name();
    }

    @Override
    public void observe(double value) {
        filled++;
        if (!Double.isNaN(value)) {
            present++;
            sum += value;
        }
        if (filled == resolution) {
            coarse.observe(sum / present);
            filled = 0;
            present = 0;
            sum = 0;
        }
    }

    @Override
    public OptionalDouble forecast(int stepsAhead) {
        return coarse.forecast(1 + (filled + stepsAhead - 1) / resolution);
    }
}
