package io.murmuration.scaling.policy;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a policy is set to: numbers (or words) with a hyphen between them, as {@code 0.7} or {@code 1.3-0.8}. Numbers
 * are written in one way, {@code 0.70} as {@code 0.7}, so that equal settings are equal texts; and a setting can be part of a
 * file's name on any file system.
 */
public final class Setting implements Serializable {
    private static final long serialVersionUID = 1L;
    /** The setting of a policy that has nothing to set. */
    public static final Setting NONE = parse("default");

    private final List<String> parts;

    private Setting(List<String> parts) {
        this.parts = parts;
    }

    /** Reads a setting as the caller wrote it. */
    public static Setting parse(String text) {
        return new Setting(
                Arrays.stream(text.split("-", -1)).map(Setting::canonical).toList());
    }

    private static String canonical(String part) {
        try {
            BigDecimal number = new BigDecimal(part.strip());
            return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        } catch (NumberFormatException aWord) {
            return part.strip();
        }
    }

    /** How many parts there are. */
    public int size() {
        return parts.size();
    }

    /** A part as it is written. */
    public String part(int index) {
        return parts.get(index);
    }

    /**
     * The one number that this setting is.
     *
     * @param what the number is, for a caller who gave another
     * @throws InvalidSettingException if it is something else, or out of the bounds
     */
    public double number(String what, double low, double high) {
        expectSize(1, "one number, " + what);
        return number(0, what, low, high);
    }

    /**
     * The whole number that this setting is.
     *
     * @throws InvalidSettingException if it is something else, or out of the bounds
     */
    public int integer(String what, int low, int high) {
        double number = number(what, low, high);
        if (number != Math.rint(number)) {
            throw new InvalidSettingException(what + " is " + this + ", expected a whole number");
        }
        return (int) number;
    }

    /**
     * One number of several.
     *
     * @param index from 0
     * @throws InvalidSettingException if it is no number, or out of the bounds
     */
    public double number(int index, String what, double low, double high) {
        String expected = ", expected a number from "
                + BigDecimal.valueOf(low).stripTrailingZeros().toPlainString() + " to "
                + BigDecimal.valueOf(high).stripTrailingZeros().toPlainString();
        try {
            double number = Double.parseDouble(part(index));
            if (number >= low && number <= high) {
                return number;
            }
            throw new InvalidSettingException(what + " is " + part(index) + expected);
        } catch (NumberFormatException e) {
            throw new InvalidSettingException(what + " is \"" + part(index) + "\"" + expected, e);
        }
    }

    /**
     * Refuses a setting of another number of parts.
     *
     * @param form as it should have been written
     */
    public void expectSize(int size, String form) {
        if (size() != size) {
            throw new InvalidSettingException("the setting is \"" + this + "\", expected " + form);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Setting setting && parts.equals(setting.parts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(parts);
    }

    /** As it is written, numbers in the shortest form. */
    @Override
    public String toString() {
        return parts.stream().collect(Collectors.joining("-"));
    }
}
