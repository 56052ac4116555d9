package io.murmuration.jobs;

import io.murmuration.batch.CallerException;
import io.murmuration.scaling.backtest.Backtest;
import io.murmuration.scaling.policy.InvalidSettingException;
import io.murmuration.scaling.policy.PolicyCatalog;
import io.murmuration.scaling.policy.PolicyEntry;
import io.murmuration.scaling.policy.Setting;

/**
 * A policy with its setting, as a caller names it: {@code NAME} or {@code NAME@SETTING}.
 *
 * @param entry the policy
 * @param setting what it is set to
 */
record PolicyChoice(PolicyEntry entry, Setting setting) {
    /**
     * Reads a choice, and tries whether the policy can be set so.
     *
     * @throws CallerException if not
     */
    static PolicyChoice parse(String text, PolicyCatalog catalog) {
        int at = text.indexOf('@');
        try {
            PolicyEntry entry = catalog.get(at < 0 ? text : text.substring(0, at));
            Setting setting = at < 0 ? entry.defaultSetting() : Setting.parse(text.substring(at + 1));
            entry.create(Backtest.CONTEXT, setting);
            return new PolicyChoice(entry, setting);
        } catch (InvalidSettingException e) {
            throw new CallerException(e.getMessage());
        }
    }

    static PolicyChoice byDefault(PolicyEntry entry) {
        return new PolicyChoice(entry, entry.defaultSetting());
    }

    boolean isDefault() {
        return setting.equals(entry.defaultSetting());
    }

    /** The shortest way to name it. */
    @Override
    public String toString() {
        return isDefault() ? entry.name() : entry.name() + "@" + setting;
    }
}
