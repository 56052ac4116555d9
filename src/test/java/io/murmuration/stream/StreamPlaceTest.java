package io.murmuration.stream;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.batch.CallerException;
import io.murmuration.batch.Findings;
import io.murmuration.batch.OutputFolder;
import io.murmuration.batch.TimeType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Checkpoint and output of a stream")
class StreamPlaceTest {
    @TempDir
    Path folder;

    private static StreamIdentity identity(String id) {
        return new StreamIdentity(2, id, Map.of("m", "hash"), 0, 3, TimeType.LONG, 0, -1, "files", -1, 0, "", "none");
    }

    private OutputFolder open(String name) {
        return OutputFolder.open(folder.resolve(name).toString(), true, new Configuration());
    }

    private StreamPlace place(String checkpoint, String output) {
        return new StreamPlace(open(checkpoint), open(output));
    }

    private static void assertRefused(String why, Executable what) {
        String sentence = assertThrows(CallerException.class, what).getMessage();
        assertTrue(sentence.contains(why), sentence);
        assertEquals(1, sentence.lines().count(), sentence);
    }

    @Test
    void aRecordFromBeforeResultsCouldBeDividedIsRead() {
        String before = identity("one")
                .json()
                .replace("\"version\" : 2", "\"version\" : 1")
                .replaceAll(",\\s*\"partitioning\" : \"none\"", "");
        assertFalse(before.contains("partitioning"), before);
        assertEquals(identity("one"), StreamIdentity.parse(before, "stream.json"));
    }

    @Test
    void bothOfOneStreamAreFoundAgain() {
        assertEquals(Optional.empty(), place("c", "o").resident());
        place("c", "o").settle(identity("one"));
        assertEquals(Optional.of(identity("one")), place("c", "o").resident());
    }

    @Test
    void aStreamThatWasKilledBetweenItsTwoRecordsSettles() throws IOException {
        place("c", "o").settle(identity("one"));
        Files.delete(folder.resolve("o/stream.json"));
        assertEquals(Optional.of(identity("one")), place("c", "o").resident());
        Files.writeString(folder.resolve("o/.growing-stream.json"), "{\"vers");
        assertEquals(Optional.of(identity("one")), place("c", "o").resident());
    }

    @Test
    void aStreamThatWasKilledInTheMiddleOfItsFirstRecordIsNew() throws IOException {
        Files.createDirectories(folder.resolve("c"));
        Files.writeString(folder.resolve("c/.growing-stream.json"), "{\"vers");
        assertEquals(Optional.empty(), place("c", "o").resident());
    }

    @Test
    void outputWithoutItsCheckpointIsRefused() {
        place("c", "o").settle(identity("one"));
        assertRefused("do not belong together", () -> place("new", "o").resident());
    }

    @Test
    void checkpointThatWentOnWithoutItsOutputIsRefused() throws IOException {
        place("c", "o").settle(identity("one"));
        Files.createDirectories(folder.resolve("c/offsets"));
        Files.writeString(folder.resolve("c/offsets/0"), "v1");
        assertRefused("do not belong together", () -> place("c", "new").resident());
    }

    @Test
    void checkpointOfAnotherStreamIsRefused() {
        place("c1", "o1").settle(identity("one"));
        place("c2", "o2").settle(identity("two"));
        assertRefused("do not belong together", () -> place("c1", "o2").resident());
    }

    @Test
    void outputOfSomethingElseIsRefused() throws IOException {
        Files.createDirectories(folder.resolve("o"));
        Files.writeString(folder.resolve("o/summary.json"), "{}");
        assertRefused("do not belong together", () -> place("c", "o").resident());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"version\":1,\"id\":", "null", "{}", "{\"version\":1,\"id\":\"one\"}", "[]"})
    void aRecordThatIsTornIsRefused(String torn) throws IOException {
        place("c", "o").settle(identity("one"));
        Files.writeString(folder.resolve("c/stream.json"), torn);
        assertRefused("c/stream.json", () -> place("c", "o").resident());
    }

    @Test
    void bothMayTellOfTheSameMicroBatchesOrTheOutputOfOneMore() throws IOException {
        StreamPlace place = place("c", "o");
        assertDoesNotThrow(() -> place.checkRecord(-1));
        assertDoesNotThrow(() -> place.checkRecord(0));
        Files.createDirectories(folder.resolve("c/commits"));
        for (String name : List.of("metadata", "8", "9", "10", ".10.crc")) {
            Files.writeString(folder.resolve("c/commits").resolve(name), "");
        }
        assertDoesNotThrow(() -> place.checkRecord(10));
        assertDoesNotThrow(() -> place.checkRecord(11));
        assertRefused("ends after micro-batch 10, but the output", () -> place.checkRecord(9));
        assertRefused("after micro-batch 12", () -> place.checkRecord(12));
        assertRefused("before the first micro-batch", () -> place.checkRecord(-1));
    }

    @Test
    void countsGoOnFromTheMicroBatchBeforeTheOneThatIsDoneAgain() {
        StreamProgress progress = StreamProgress.of(open("o"), 1);
        record(progress, 0, 5);
        record(progress, 1, 7);
        assertEquals(12, progress.total().counts().read());
        record(StreamProgress.of(open("o"), 1), 1, 7);
        StreamProgress again = StreamProgress.of(open("o"), 1);
        assertEquals(12, again.total().counts().read());
        record(again, 2, 1);
        assertEquals(13, StreamProgress.of(open("o"), 1).total().counts().read());
    }

    @Test
    void aRecordOfCountsThatIsTornIsRefused() throws IOException {
        record(StreamProgress.of(open("o"), 1), 0, 5);
        Path file = folder.resolve("o/.progress/0.record");
        String whole = Files.readString(file);
        for (String torn : List.of("", whole.substring(0, whole.length() / 2), "no record at all")) {
            Files.writeString(file, torn);
            assertRefused("0.record is torn", () -> StreamProgress.of(open("o"), 1));
        }
    }

    private static void record(StreamProgress progress, long batch, long read) {
        progress.record(batch, new StreamCounts(read, read, 0, 0, Map.of(), 0, 0, 0, 0), List.of(Findings.none(1)));
    }
}
