package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.murmuration.jobs.ProgressLog.Progress;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Progress is told now and then")
class ProgressLogTest {
    @Test
    void aLineEveryTenSecondsOfTheTasksOwnTime() {
        Progress progress = new Progress();
        progress.started(3, 40);
        assertEquals(Optional.empty(), progress.taskDone(3, 1_000_000));
        assertEquals(Optional.empty(), progress.taskDone(3, 1_009_999));
        assertEquals(Optional.of("Stage 3: 3 of 40 tasks are done"), progress.taskDone(3, 1_010_000));
        assertEquals(Optional.empty(), progress.taskDone(3, 1_011_000));
        progress.ended(3);
        progress.started(4, 2);
        assertEquals(Optional.of("Stage 4: 1 of 2 tasks are done"), progress.taskDone(4, 1_025_000));
    }

    @Test
    void aTaskOfAStageThatHasEndedIsNotCounted() {
        assertEquals(Optional.empty(), new Progress().taskDone(1, 5));
    }
}
