/** Policies run over recorded loads in the plant, and what is measured of them. */
package io.murmuration.scaling.backtest;
