package io.murmuration.orchestration;

/**
 * One time that a task is given to an agent. Only the answer of the current attempt ends the task: the number fences whatever
 * comes of earlier ones.
 *
 * @param task its id
 * @param number from 1 on, one more each time the task is assigned
 */
public record Attempt(long task, int number) {
    @Override
    public String toString() {
        return "attempt " + number + " of task " + task;
    }
}
