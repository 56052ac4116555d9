package io.murmuration.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationWordsTest {
    @ParameterizedTest
    @CsvSource({"0.0312, 0.03 s", "9.96, 10 s", "59.4, 59 s", "125.2, 2 min 05 s", "3725, 1 h 02 min", "259200, 3 days"
    })
    void aDurationIsSaidAsRoughlyAsItIsRead(double seconds, String words) {
        assertEquals(words, DurationWords.seconds(seconds));
    }
}
