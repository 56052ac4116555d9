package io.murmuration.cluster.task;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a task: unique whatever is observed and whatever the clocks say, since the cluster's own id is drawn at random when
 * its journal begins, and its tasks are counted.
 *
 * @param cluster the id of the cluster that took the task, 13 digits and lower-case letters
 * @param number of the task among those of that cluster, from 1
 */
public record TaskId(String cluster, long number) {
    private static final Pattern FORM = Pattern.compile("([0-9a-z]{13})-([1-9][0-9]{0,17})");

    /** Reads what {@link #toString} writes; empty where the text is no id. */
    public static Optional<TaskId> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new TaskId(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return cluster + "-" + number;
    }
}
