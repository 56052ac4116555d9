package io.murmuration.scaling.plant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ProvisioningTest {
    @Test
    void whatIsAskedForComesAfterTheDelay() {
        Provisioning instances = new Provisioning(2, 1);
        instances.advance(3);
        assertCounts(instances, 1, 3);
        instances.advance(3);
        assertCounts(instances, 1, 3);
        instances.advance(3);
        assertCounts(instances, 3, 3);
    }

    @Test
    void withoutADelayWhatIsAskedForIsThere() {
        Provisioning instances = new Provisioning(0, 1);
        instances.advance(3);
        assertCounts(instances, 3, 3);
        instances.advance(2);
        assertCounts(instances, 2, 2);
    }

    @Test
    void theNewestOrdersAreGivenUpFirst() {
        Provisioning instances = new Provisioning(3, 1);
        instances.advance(2);
        instances.advance(4);
        instances.advance(3);
        assertCounts(instances, 1, 3);
        instances.advance(3);
        assertCounts(instances, 2, 3);
        instances.advance(3);
        assertCounts(instances, 3, 3);
    }

    @Test
    void moreThanExpectedCameEarlyAndTheOldestOrdersDid() {
        Provisioning instances = new Provisioning(3, 1);
        instances.advance(2);
        instances.advance(4);
        instances.reconcile(2);
        assertCounts(instances, 2, 4);
        instances.advance(4);
        assertCounts(instances, 2, 4);
        instances.advance(4);
        instances.advance(4);
        assertCounts(instances, 4, 4);
    }

    @Test
    void fewerThanExpectedAreWaitedFor() {
        Provisioning instances = new Provisioning(2, 3);
        instances.reconcile(2);
        assertCounts(instances, 2, 3);
        instances.advance(3);
        assertCounts(instances, 3, 3);
    }

    @Test
    void aShorterDelayBringsOrdersNearer() {
        Provisioning instances = new Provisioning(5, 1);
        instances.advance(3);
        instances.setDelay(2);
        instances.advance(3);
        assertCounts(instances, 1, 3);
        instances.advance(3);
        assertCounts(instances, 3, 3);
    }

    @Property
    void whatIsPaidForIsAlwaysWhatWasAskedForLast(
            @ForAll @IntRange(max = 12) int delay,
            @ForAll @IntRange(min = 1, max = 60) int first,
            @ForAll @Size(max = 40) int @IntRange(min = 1, max = 60) [] wishes) {
        Provisioning instances = new Provisioning(delay, first);
        for (int wish : wishes) {
            instances.advance(wish);
            assertEquals(wish, instances.billed());
        }
        for (int i = 0; i < delay; i++) {
            instances.advance(instances.billed());
        }
        assertEquals(instances.billed(), instances.ready());
    }

    private static void assertCounts(Provisioning instances, int ready, int billed) {
        assertEquals(ready, instances.ready(), "ready");
        assertEquals(billed, instances.billed(), "billed");
    }
}
