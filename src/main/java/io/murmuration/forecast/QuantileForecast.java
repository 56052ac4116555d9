package io.murmuration.forecast;

/**
 * A quantile of what is to come, blended from several forecasters.
 *
 * @param value the quantile, in the unit of the series
 * @param model the forecaster that weighs most
 * @param point what that one expects, without the margin for its errors
 * @param weight its weight, over 0 to 1
 * @param loss the mean pinball loss of its quantiles so far, in the unit of the series; NaN where none was settled yet
 */
public record QuantileForecast(double value, String model, double point, double weight, double loss) {}
