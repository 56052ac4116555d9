package io.murmuration.orchestration;

import io.murmuration.orchestration.assignment.Capabilities;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An agent at an instant.
 *
 * @param limit tasks that it has at once, at most
 * @param isCalled whether it has an object that is called, rather than to fetch its tasks
 * @param lease when it is lost unless it is heard from; none for agents that are called
 * @param tasks ids of those that it has, assigned or running, as they were assigned
 * @param lingering calls that go on though their attempt is over: they take places too
 * @param completed attempts that it answered in time
 * @param failed attempts that failed, timed out, or were left
 * @param note why it left or was lost; else empty
 */
public record AgentView(
        String id,
        Capabilities capabilities,
        int limit,
        boolean isCalled,
        AgentStanding standing,
        Instant registered,
        Instant lastHeard,
        Optional<Instant> lease,
        List<Long> tasks,
        int lingering,
        long completed,
        long failed,
        String note) {
    /** Tasks that it would take now. */
    public int room() {
        return limit - tasks.size() - lingering;
    }
}
