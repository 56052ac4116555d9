package io.murmuration.orchestration;

import com.fasterxml.jackson.databind.JsonNode;

/** The object that acts: it is called with each task that its agent is given, at most as many at once as the agent takes. */
@FunctionalInterface
public interface ActingAgent {
    /**
     * Does a task. The thread is interrupted once the attempt is over for another reason; what is answered then is late.
     *
     * @return the answer, not null
     * @throws AgentGoneException if this agent will do no task any more: it is taken off the register, and the task goes to others
     * @throws Exception if the attempt failed; the task is tried again as long as it has attempts
     */
    JsonNode act(AssignedTask task) throws Exception;
}
