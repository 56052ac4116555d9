package io.murmuration.orchestration.assignment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.orchestration.assignment.Requirement.AtLeast;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

/** What holds of scores of whatever capability and requirement. */
class CapabilityLawsTest {
    @Property
    @Label("A score is from 0 to 1, 1 where and only where all is met, and no lower with more capability")
    void laws(
            @ForAll @DoubleRange(min = -10, max = 10) double capability,
            @ForAll @DoubleRange(min = 0, max = 10) double more,
            @ForAll @DoubleRange(min = -10, max = 10) double required) {
        AtLeast requirement = new AtLeast("x", required, false);
        Capabilities less = new Capabilities(Map.of("x", capability), Map.of());
        double score = requirement.score(less);
        assertTrue(score >= 0 && score <= 1);
        assertEquals(requirement.isMetBy(less), score == 1);
        assertTrue(score <= requirement.score(new Capabilities(Map.of("x", capability + more), Map.of())));
    }
}
