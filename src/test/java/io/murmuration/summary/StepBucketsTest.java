package io.murmuration.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class StepBucketsTest {
    @Property
    @Label("A bucket begins at its first step and ends before the first of the next")
    void inverse(@ForAll @LongRange(min = 0, max = 1L << 60) long step) {
        int bucket = StepBuckets.of(step);
        assertTrue(StepBuckets.first(bucket) <= step && step < StepBuckets.first(bucket + 1));
        assertEquals(bucket, StepBuckets.of(StepBuckets.first(bucket)));
    }

    @Example
    @Label("The first 256 steps stand alone, then four go together, then eight")
    void worked() {
        assertEquals(255, StepBuckets.of(255));
        assertEquals(256, StepBuckets.of(256));
        assertEquals(256, StepBuckets.of(259));
        assertEquals(257, StepBuckets.of(260));
        assertEquals(512, StepBuckets.first(256 + 64));
        assertEquals(520, StepBuckets.first(256 + 65));
    }

    @Example
    @Label("An agent of a million steps needs about a thousand buckets")
    void bounded() {
        // 10⁶ = 1.907 · 2¹⁹: eleven octaves of 64 are full, and 58 of 64 parts of the next.
        assertEquals(256 + 64 * 11 + 58, StepBuckets.of(1_000_000));
    }
}
