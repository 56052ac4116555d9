package io.murmuration.scaling.spark;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LaunchBreakerTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final LaunchBreaker breaker = new LaunchBreaker(3, Duration.ofSeconds(120), Duration.ofSeconds(60));

    private boolean failedAt(int second) {
        return breaker.failed(START.plusSeconds(second), "exit code 1");
    }

    private boolean isOpenAt(int second) {
        return breaker.isOpen(START.plusSeconds(second));
    }

    @Test
    void itOpensAtTheThirdFailureWithinTheWindow() {
        assertFalse(failedAt(0));
        assertFalse(failedAt(60));
        assertFalse(failedAt(121), "the first is too long ago");
        assertTrue(failedAt(130));
        assertTrue(isOpenAt(189));
        assertFalse(isOpenAt(190));
    }

    @Test
    void afterThePauseOneFailureIsEnoughUntilALaunchSucceeds() {
        failedAt(0);
        failedAt(1);
        assertTrue(failedAt(2));
        breaker.lives(START.minusSeconds(100));
        assertTrue(failedAt(70), "an executor that was there before proves nothing");
        breaker.lives(START.plusSeconds(135));
        assertFalse(failedAt(170));
    }

    @Test
    void failuresWhileItIsOpenAreThoseOfTheLaunchesBefore() {
        failedAt(0);
        failedAt(1);
        failedAt(2);
        assertFalse(failedAt(3));
        assertFalse(isOpenAt(62));
    }
}
