package io.murmuration.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnaloguesTest {
    @Test
    void aPatternThatRepeatsIsForecast() {
        Analogues analogues = new Analogues(0.3, 1000, 5);
        double[] pattern = {1, 5, 2, 9, 4, 4, 7};
        for (int i = 0; i < 40 * pattern.length + 3; i++) {
            analogues.observe(pattern[i % pattern.length], 12);
        }
        for (double[] scenario : analogues.scenarios(4)) {
            assertArrayEquals(new double[] {9, 4, 4, 7}, scenario, 0.05);
        }
    }

    @Test
    void whatDependsOnTheTimeOfDayIsForecastByIt() {
        Analogues analogues = new Analogues(0.3, 5000, 8);
        Random random = new Random(3);
        for (int hour = 0; hour < 24 * 60 + 8; hour++) {
            // Nothing but the clock tells that it jumps at nine.
            analogues.observe(hour % 24 == 9 ? 20 : 5 + 0.01 * random.nextDouble(), hour % 24);
        }
        long high = Arrays.stream(analogues.scenarios(2)).filter(s -> s[1] > 10).count();
        assertTrue(high >= 4, high + " of 8 scenarios see the jump");
    }

    @Test
    void thereAreAsManyScenariosAsWantedOrAsMomentsWithAFuture() {
        Analogues analogues = new Analogues(0.3, 1000, 10);
        assertEquals(0, analogues.scenarios(3).length);
        for (int i = 0; i < 8; i++) {
            analogues.observe(i, 0);
        }
        // Moments 1 to 4 have a value before and three after.
        assertEquals(4, analogues.scenarios(3).length);
        for (int i = 0; i < 100; i++) {
            analogues.observe(i, 0);
        }
        assertEquals(10, analogues.scenarios(3).length);
    }

    @Test
    void onlyTheNewestValuesAreKept() {
        Analogues analogues = new Analogues(0.3, 50, 1000);
        for (int i = 0; i < 500; i++) {
            analogues.observe(i < 400 ? 100 : 1 + i % 2, 0);
        }
        for (double[] scenario : analogues.scenarios(2)) {
            assertTrue(scenario[0] < 10 && scenario[1] < 10, Arrays.toString(scenario));
        }
    }
}
