package io.murmuration.scaling.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.murmuration.scaling.InstanceCounts;
import io.murmuration.scaling.Metric;
import io.murmuration.scaling.PolicyEvaluation;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScaleAction;
import io.murmuration.scaling.ScalingDecision;
import io.murmuration.scaling.ScalingOutcome;
import io.murmuration.scaling.Wish;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecisionJournalTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aTickIsALineThatHoldsWhatWasSeenDecidedAndDone() throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        Wish wish = new Wish.Target(1, "one task runs on", Map.of("usable", 1.0));
        ScalingDecision decision = new ScalingDecision(
                AT, 4, 1, List.of(new PolicyEvaluation("demand", wish)), List.of("demand: one task runs on"));
        try (DecisionJournal journal = new DecisionJournal(lines)) {
            journal.accept(new TickRecord(
                    ResourceMetrics.at(AT)
                            .with(Metric.PENDING_TASKS, 0)
                            .label("stage", "stage 0 (collect)")
                            .build(),
                    decision,
                    new ScalingOutcome.Applied(new ScaleAction(AT, 4, 1)),
                    new InstanceCounts(1, 1, 3),
                    new ControllerState.Working()));
        }
        assertEquals(
                """
                {"at":"2026-01-01T00:00:00Z","metrics":{"pending_tasks":0.0},"labels":{"stage":"stage 0 (collect)"},\
                "present":4,"recommended":1,"evaluations":[{"policy":"demand","wish":"target","instances":1,\
                "figures":{"usable":1.0},"reason":"one task runs on"}],"reasons":["demand: one task runs on"],\
                "outcome":{"kind":"applied","from":4,"to":1},"instances":{"ready":1,"requested":1,"leaving":3},\
                "state":"executors come and go as asked for"}
                """,
                lines.toString(StandardCharsets.UTF_8));
    }
}
