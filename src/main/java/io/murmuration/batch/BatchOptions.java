package io.murmuration.batch;

import java.util.Optional;

/**
 * How a batch is run.
 *
 * @param input any path that Hadoop's file systems read, globs included
 * @param inputFormat of the input; empty to go by the files' names
 * @param inference how inference is done
 * @param format of the tables that are written
 * @param maxRejected more rejected rows than this, and there are no results
 * @param initial folder of an earlier run that agents go on from
 */
public record BatchOptions(
        String input,
        Optional<TableFormat> inputFormat,
        InferenceOptions inference,
        TableFormat format,
        long maxRejected,
        Optional<String> initial) {}
