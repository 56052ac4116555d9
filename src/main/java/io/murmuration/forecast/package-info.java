/**
 * Forecasts of a series that is observed step by step, with the errors that they made.
 *
 * <p>Everything is incremental and bounded: a step costs the same however long the series has been, and no more is kept
 * than a window. A value that is missing is told as NaN; each class says what it makes of it. Same values, same forecasts,
 * bit by bit.
 */
package io.murmuration.forecast;
