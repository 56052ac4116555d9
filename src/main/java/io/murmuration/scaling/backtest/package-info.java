/** Policies run over recorded loads: the plant, what is measured of them, and the table of it. */
package io.murmuration.scaling.backtest;
