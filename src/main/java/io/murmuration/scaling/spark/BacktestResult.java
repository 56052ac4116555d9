package io.murmuration.scaling.spark;

import io.murmuration.scaling.backtest.Measure;
import io.murmuration.scaling.backtest.Profile;
import java.io.Serializable;
import java.util.EnumMap;

/**
 * What came of one backtest.
 *
 * @param task what was run
 * @param measures a value each, over the steps that count
 * @param ready ready instances over all steps that count
 * @param readyOnHeaviestDay ready instances on the day of the greatest load
 * @param stepsAt where the steps were written down, as {@link StepStore.Steps#location} said; empty where they were not
 */
public record BacktestResult(
        BacktestTask task, EnumMap<Measure, Double> measures, Profile ready, Profile readyOnHeaviestDay, String stepsAt)
        implements Serializable {}
