package io.murmuration.stream;

import io.murmuration.batch.OutputTables;
import io.murmuration.batch.TableWriterFactory;
import java.io.Serializable;

/**
 * The tables that a micro-batch writes.
 *
 * @param output those that a batch writes as well
 * @param late rows that came too late, in the form of the rejected ones
 */
record StreamTables(OutputTables output, TableWriterFactory late) implements Serializable {
    static final String LATE = "late";
}
