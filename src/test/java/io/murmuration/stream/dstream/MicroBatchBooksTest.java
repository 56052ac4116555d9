package io.murmuration.stream.dstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.batch.CallerException;
import io.murmuration.batch.OutputFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The books of micro-batches")
class MicroBatchBooksTest {
    @TempDir
    Path folder;

    private MicroBatchBooks open() {
        return MicroBatchBooks.open(OutputFolder.open(folder.toString(), true, new Configuration()));
    }

    @Test
    void tellAfterAStartWhatEachMicroBatchTookAndWhichOnesAreDone() {
        MicroBatchBooks books = open();
        books.take(2000, List.of("a", "b [1].json"));
        books.take(8000, List.of("c"));
        books.finish(books.at(2000).orElseThrow());

        MicroBatchBooks again = open();
        assertEquals(Set.of("a", "b [1].json", "c"), again.files());
        assertEquals(List.of("a", "b [1].json"), again.at(2000).orElseThrow().files());
        assertEquals(1, again.at(8000).orElseThrow().number());
        assertTrue(again.isDone(again.at(2000).orElseThrow()));
        assertFalse(again.isDone(again.at(8000).orElseThrow()));
        assertEquals(0, again.done());
    }

    @Test
    void letAMicroBatchThatTookNothingTakeNothingWhenItIsDoneAgain() {
        MicroBatchBooks books = open();
        assertFalse(books.isPast(2000));
        books.take(8000, List.of("a"));
        assertTrue(open().at(4000).isEmpty());
        assertTrue(open().isPast(4000));
        assertFalse(open().isPast(10_000));
    }

    @Test
    void doNotPassOverAMicroBatch() {
        MicroBatchBooks books = open();
        books.take(2000, List.of("a"));
        books.take(4000, List.of("b"));
        assertThrows(
                IllegalStateException.class, () -> books.finish(books.at(4000).orElseThrow()));
    }

    @Test
    void areWrittenByOneProcess() {
        MicroBatchBooks one = open();
        MicroBatchBooks other = open();
        one.take(2000, List.of("a"));
        String sentence = assertThrows(CallerException.class, () -> other.take(2000, List.of("a")))
                .getMessage();
        assertTrue(sentence.contains("Another process runs the stream"), sentence);
    }

    @Test
    void areRefusedWhereTheyAreTorn() throws IOException {
        open().take(2000, List.of("a"));
        for (String torn : List.of("", "{\"number\":0,\"millis\":20", "null", "{\"number\":0,\"millis\":2000}")) {
            Files.writeString(folder.resolve("offsets/0"), torn);
            String sentence =
                    assertThrows(CallerException.class, this::open, torn).getMessage();
            assertTrue(sentence.contains("offsets/0 is torn"), sentence);
        }
    }
}
