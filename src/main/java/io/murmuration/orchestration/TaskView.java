package io.murmuration.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All of a task at an instant.
 *
 * @param attempt number of the last attempt, 0 before the first
 * @param spent attempts that count against those that the task has
 * @param agent that has it now; of an ended task, that of the last attempt
 * @param since when it came into its state
 * @param until when the attempt is over unless it is answered; present while an agent has the task
 * @param answer of a completed task
 * @param reason why it is in its state, in one sentence
 * @param late answers that came after their attempts were over, the last ones
 */
public record TaskView(
        long id,
        TaskRequest request,
        TaskState state,
        int attempt,
        int spent,
        Optional<String> agent,
        Instant submitted,
        Instant since,
        Optional<Instant> until,
        Optional<JsonNode> answer,
        String reason,
        List<LateAnswer> late) {}
