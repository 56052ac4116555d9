package io.murmuration.scaling.policy;

import io.murmuration.scaling.ScalingContext;
import io.murmuration.scaling.ScalingPolicy;

/**
 * A policy that can be had by its name.
 *
 * @param name lower case with hyphens, as on the command line and in tables
 * @param kind what it is compared as
 * @param settingName what its main setting is called
 * @param settingMeaning what that is, with unit and range
 * @param defaultSetting what it is where the caller says nothing
 * @param factory makes one that has seen nothing yet
 */
public record PolicyEntry(
        String name, Kind kind, String settingName, String settingMeaning, Setting defaultSetting, Factory factory) {

    /** What a policy is compared as. */
    public enum Kind {
        /** Knows what no autoscaler can know, or decides nothing: it bounds what the others can reach. */
        BOUND,
        /** Others' autoscalers, to their published definitions. */
        BASELINE,
        /** Murmuration's own. */
        POLICY,
        /** One of them without a part of it, to show what that part does; it runs where it is named. */
        ABLATION
    }

    /** Makes a policy. */
    @FunctionalInterface
    public interface Factory {
        /** @throws InvalidSettingException if the policy cannot be set so */
        ScalingPolicy create(ScalingContext context, Setting setting);
    }

    /**
     * A policy that has seen nothing yet.
     *
     * @throws InvalidSettingException if it cannot be set so; the message names the policy
     */
    public ScalingPolicy create(ScalingContext context, Setting setting) {
        try {
            return factory.create(context, setting);
        } catch (InvalidSettingException e) {
            throw new InvalidSettingException(
                    "The policy " + name + "@" + setting + " cannot be: " + e.getMessage() + " (" + settingName + ": "
                            + settingMeaning + ")",
                    e);
        }
    }
}
