package io.murmuration.scaling.spark;

import io.murmuration.scaling.policy.Setting;
import java.io.Serializable;

/**
 * One backtest of many.
 *
 * @param trace its place among the traces
 * @param policy the policy's name
 * @param setting what it is set to
 * @param keepsSteps whether its steps are written down one by one
 */
public record BacktestTask(int trace, String policy, Setting setting, boolean keepsSteps) implements Serializable {}
