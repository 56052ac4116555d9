package io.murmuration.batch;

import java.util.List;
import java.util.Optional;

/**
 * Where observations are and what their columns are called.
 *
 * @param path any path that Hadoop's file systems read, globs included
 * @param format of the files; empty to go by their names
 * @param agent the column of the agent's id, or {@code @file}
 * @param time the column of the time, or {@code @row}
 * @param observation columns of the observation; empty for {@code observation}, {@code o0}, {@code o1} … or labels
 */
public record ObservationOptions(
        String path, Optional<TableFormat> format, String agent, String time, List<String> observation) {
    /** The file's name without its ending is the agent's id. */
    public static final String FILE = "@file";
    /** The place of the row in its file, from 0, is the time. */
    public static final String ROW = "@row";
}
