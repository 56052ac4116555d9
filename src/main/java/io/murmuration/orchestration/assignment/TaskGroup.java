package io.murmuration.orchestration.assignment;

/**
 * Tasks that are alike.
 *
 * @param count how many there are, at least 0
 */
public record TaskGroup(Requirements requirements, int count) {
    /** @throws IllegalArgumentException if the number is below 0 */
    public TaskGroup {
        if (count < 0) {
            throw new IllegalArgumentException("a group of tasks is of " + count + " tasks, expected at least 0");
        }
    }

    /** One task. */
    public static TaskGroup single(Requirements requirements) {
        return new TaskGroup(requirements, 1);
    }
}
