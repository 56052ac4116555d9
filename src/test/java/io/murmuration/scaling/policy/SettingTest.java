package io.murmuration.scaling.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SettingTest {
    @Test
    void equalNumbersAreEqualSettings() {
        assertEquals(Setting.parse("0.7"), Setting.parse("0.700"));
        assertEquals("20", Setting.parse("2e1").toString());
        assertEquals("1-0.8", Setting.parse("1.0-.80").toString());
        assertEquals("no-learning", Setting.parse("no-learning").toString());
    }

    @Test
    void numbersAreHeldToTheirBounds() {
        assertEquals(0.7, Setting.parse("0.7").number("target", 0.05, 1));
        assertEquals("target is 2, expected a number from 0.05 to 1", refusal(() -> Setting.parse("2")
                .number("target", 0.05, 1)));
        assertEquals("target is \"much\", expected a number from 0 to 1", refusal(() -> Setting.parse("much")
                .number("target", 0, 1)));
        assertEquals("target is NaN, expected a number from 0 to 1", refusal(() -> Setting.parse("NaN")
                .number("target", 0, 1)));
        assertEquals("instances is 1.5, expected a whole number", refusal(() -> Setting.parse("1.5")
                .integer("instances", 1, 60)));
        assertEquals("the setting is \"1-2\", expected one number, target", refusal(() -> Setting.parse("1-2")
                .number("target", 0, 1)));
    }

    private static String refusal(Runnable action) {
        return assertThrows(InvalidSettingException.class, action::run).getMessage();
    }
}
