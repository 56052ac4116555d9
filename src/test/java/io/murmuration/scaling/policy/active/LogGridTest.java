package io.murmuration.scaling.policy.active;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class LogGridTest {
    /** Centres 1/2, 1, 2, 4; √2 is halfway between 1 and 2. */
    private static final LogGrid DOUBLES = LogGrid.aroundOne(2, -1, 2);

    @Test
    void aValueBelongsToTheNextCentreOnALogarithmicScale() {
        assertEquals(4, DOUBLES.size());
        assertEquals(0.5, DOUBLES.centre(0));
        assertEquals(1, DOUBLES.index(1.41));
        assertEquals(2, DOUBLES.index(1.42));
    }

    @Test
    void valuesBeyondTheEndsBelongToTheEnds() {
        assertEquals(0, DOUBLES.index(0));
        assertEquals(0, DOUBLES.index(0.01));
        assertEquals(3, DOUBLES.index(1000));
    }

    @Test
    void theLastCentreOfAGridUpToAValueIsTheOneNextToIt() {
        assertEquals(5, LogGrid.upTo(1, 2, 20).size());
        assertEquals(1, LogGrid.upTo(1, 2, 0).size());
    }

    @Test
    void theMeanIsThatOfTheCentres() {
        assertEquals(0.5 * 0.25 + 4 * 0.75, DOUBLES.mean(new double[] {9, 0.25, 0, 0, 0.75}, 1));
    }

    @Property
    void noCentreIsNearerThanThatOfTheClass(@ForAll @DoubleRange(min = 0.01, max = 1000) double value) {
        double own = Math.abs(Math.log(value / DOUBLES.centre(DOUBLES.index(value))));
        for (int i = 0; i < DOUBLES.size(); i++) {
            assertTrue(own <= Math.abs(Math.log(value / DOUBLES.centre(i))) + 1e-12);
        }
    }
}
