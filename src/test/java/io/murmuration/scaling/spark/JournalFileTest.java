package io.murmuration.scaling.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import scala.Option;

class JournalFileTest {
    @Test
    void eachAttemptOfAnApplicationHasAFileOfItsOwn() {
        assertEquals("application_1_0001_2.jsonl", JournalFile.name("application_1_0001", Option.apply("2")));
        assertEquals("app-7.jsonl", JournalFile.name("app-7", Option.empty()));
    }
}
