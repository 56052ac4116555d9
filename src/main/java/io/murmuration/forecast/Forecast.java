package io.murmuration.forecast;

/**
 * What is expected of one step to come, in the unit of the series.
 *
 * @param point the value expected
 * @param lower what the value is over with the probability asked for, by the errors made so far
 * @param upper what the value is under with the probability asked for
 * @param model the name of the forecaster that was chosen
 * @param error its mean absolute error at this horizon; NaN where none was made yet
 */
public record Forecast(double point, double lower, double upper, String model, double error) {}
