/** A service of equal instances under load, as backtests and planners take it to be. */
package io.murmuration.scaling.plant;
