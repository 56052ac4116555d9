package io.murmuration.orchestration;

import io.murmuration.orchestration.assignment.Requirements;
import java.util.Optional;

/**
 * What decides who may have a task, and how well they do it. Tasks of one kind are one group of an assignment.
 *
 * @param agent the only one that may have it, if the task is pinned
 */
public record TaskKind(Requirements requirements, Optional<String> agent) {
    static TaskKind of(TaskRequest request) {
        return new TaskKind(request.requirements(), request.agent());
    }
}
