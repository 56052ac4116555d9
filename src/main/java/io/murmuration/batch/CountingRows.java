package io.murmuration.batch;

import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;

/** Counts the rows of observations that pass by. */
final class CountingRows implements Iterator<InternalRow> {
    private final Iterator<InternalRow> rows;
    private long observations;

    CountingRows(Iterator<InternalRow> rows) {
        this.rows = rows;
    }

    long observations() {
        return observations;
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public InternalRow next() {
        InternalRow row = rows.next();
        if (row.isNullAt(KeyedRows.STATE)) {
            observations++;
        }
        return row;
    }
}
