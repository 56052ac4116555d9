package io.murmuration.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Reads CSV files in tasks, each by its own header: from a row that tells of a file to a row a line, with what else is
 * known of the file behind it.
 *
 * @param columns names of the columns
 * @param hadoop settings of file systems
 */
record CsvFiles(List<String> columns, SerializableConfiguration hadoop) implements FlatMapFunction<Row, Row> {

    /** @param file its path, and what else is known of it */
    @Override
    public Iterator<Row> call(Row file) throws IOException {
        CsvFile lines = CsvFile.open(new Path(file.getString(0)), hadoop.value(), columns);
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> close(lines));
        List<Object> known = new ArrayList<>();
        for (int i = 1; i < file.size(); i++) {
            known.add(file.get(i));
        }
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return lines.hasNext();
            }

            @Override
            public Row next() {
                List<Object> row = new ArrayList<>(Arrays.asList(lines.next()));
                row.addAll(known);
                return RowFactory.create(row.toArray());
            }
        };
    }

    private static void close(CsvFile lines) {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
