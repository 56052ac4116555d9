/** Forecasts of a series, with their errors. */
package io.murmuration.forecast;
