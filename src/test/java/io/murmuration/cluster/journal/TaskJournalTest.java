package io.murmuration.cluster.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.cluster.journal.TaskJournal.Recovered;
import io.murmuration.cluster.journal.TaskJournal.RegisteredModel;
import io.murmuration.cluster.task.AcceptedTask;
import io.murmuration.cluster.task.BeliefKey;
import io.murmuration.cluster.task.InferenceRequest;
import io.murmuration.cluster.task.InferredStep;
import io.murmuration.cluster.task.InferredStep.Column;
import io.murmuration.cluster.task.ModelReference;
import io.murmuration.cluster.task.Observation;
import io.murmuration.cluster.task.TaskStatus.Completed;
import io.murmuration.cluster.task.TaskStatus.Failed;
import io.murmuration.inference.ResultLayout.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A journal gives back what was written down, all of it or nothing")
class TaskJournalTest {
    private static final ModelReference MODEL = new ModelReference("modèle", "0".repeat(64));
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00.123456789Z");
    private static final BeliefKey KEY = new BeliefKey(MODEL.sha256(), "ag/ent\u0000✈");

    @TempDir
    Path folder;

    private static AcceptedTask task(long number) {
        InferenceRequest request = InferenceRequest.of(
                        KEY.agent(), Observation.of(1, Double.NaN, -0.0).withAction(Double.NaN, 2), MODEL)
                .at(77)
                .withPriority(-3)
                .withDeadline(T0.plusSeconds(1));
        return new AcceptedTask(number, request, true, T0);
    }

    @Test
    void whatWasAcceptedIsThereAfterwards() throws JournalException {
        RegisteredModel registered = new RegisteredModel(MODEL, true, "kind:\n  discrete");
        String cluster;
        try (TaskJournal journal = TaskJournal.durable(folder, 5)) {
            cluster = journal.cluster();
            journal.register(registered);
            journal.accept(List.of(task(1), task(2), task(300)));
            assertEquals(Optional.empty(), journal.ended(1));
        }
        try (TaskJournal journal = TaskJournal.durable(folder, 5)) {
            assertEquals(cluster, journal.cluster());
            assertEquals(List.of(registered), journal.models());
            Recovered recovered = journal.recover();
            assertEquals(List.of(task(1), task(2), task(300)), recovered.waiting());
            assertEquals(300, recovered.last());
        }
    }

    @Test
    void endsAndBeliefsAreThereAfterwardsBitByBit() throws JournalException {
        InferredStep step = new InferredStep(
                7,
                List.of(
                        new Column("belief", Kind.ROWS, new double[][] {{0.1, 0.9}, {1}}),
                        new Column("action_log_probability", Kind.SCALAR, new double[][] {{Double.NaN}})));
        Completed completed = new Completed(step, Duration.ofMillis(9), Duration.ofNanos(12), Duration.ofSeconds(3, 4));
        try (TaskJournal journal = TaskJournal.durable(folder, 5)) {
            journal.accept(List.of(task(1), task(2)));
            journal.end(Map.of(task(1), completed, task(2), new Failed("It was too late")), T0, Map.of(KEY, new byte[] {
                1, 2, 3
            }));
            assertEquals(1, journal.agents());
        }
        try (TaskJournal journal = TaskJournal.durable(folder, 5)) {
            assertEquals(Optional.of(completed), journal.ended(1));
            assertEquals(Optional.of(new Failed("It was too late")), journal.ended(2));
            assertArrayEquals(new byte[] {1, 2, 3}, journal.state(KEY).orElseThrow());
            assertEquals(1, journal.agents());
            assertEquals(2, journal.endedTasks(KEY));
            assertEquals(Map.of(1L, T0, 2L, T0), journal.recover().ended());
        }
    }

    @Test
    void numbersAreNotGivenAgainWhenTheirTasksAreForgotten() throws JournalException {
        try (TaskJournal journal = TaskJournal.durable(folder, 5)) {
            journal.accept(List.of(task(1), task(2)));
            journal.end(Map.of(task(1), new Failed("a"), task(2), new Failed("b")), T0, Map.of());
            journal.forget(List.of(2L, 1L));
        }
        try (TaskJournal journal = TaskJournal.durable(folder, 5)) {
            assertEquals(new Recovered(List.of(), Map.of(), 2), journal.recover());
        }
    }

    @Test
    void twoProcessesCannotUseOne() throws JournalException {
        try (TaskJournal journal = TaskJournal.durable(folder, 5)) {
            String message = assertThrows(JournalException.class, () -> TaskJournal.durable(folder, 5))
                    .getMessage();
            assertEquals("The journal " + folder + " is in use by another process", message);
            assertTrue(journal.isDurable());
        }
    }

    @Test
    void aSeedThatIsNotThatOfTheBeginningIsRefused() throws JournalException {
        TaskJournal.durable(folder, 5).close();
        assertEquals(
                "The journal " + folder + " was begun with seed 5, expected the same, not 6",
                assertThrows(JournalException.class, () -> TaskJournal.durable(folder, 6))
                        .getMessage());
    }

    @Test
    void aFileInThePlaceOfTheFolderIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertEquals(
                "The journal " + file + " is a file, expected a folder",
                assertThrows(JournalException.class, () -> TaskJournal.durable(file, 5))
                        .getMessage());
    }

    @Test
    void oneThatIsClosedIsNotTouchedAnyMore() throws JournalException {
        TaskJournal journal = TaskJournal.ofThisProcess(5);
        journal.close();
        journal.close();
        assertTrue(assertThrows(JournalException.class, () -> journal.ended(1))
                .getMessage()
                .endsWith(" is closed"));
    }
}
