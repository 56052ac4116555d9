package io.murmuration.batch;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.binaryfile.BinaryFileFormat;
import org.apache.spark.sql.streaming.DataStreamReader;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/** Opens a folder to which files keep coming as an unbounded table, with the columns that {@link InputTable} gives. */
public final class FollowedFolder {
    private FollowedFolder() {}

    /**
     * Opens a folder to which files keep coming.
     *
     * @param sample the files that are there already, opened by {@link InputTable#open}: those to come have the same columns
     * @param arrived name of a column that gets the time at which a row's file came
     */
    public static Dataset<Row> open(
            SparkSession session,
            String path,
            TableFormat format,
            Dataset<Row> sample,
            Map<String, String> options,
            String arrived) {
        StructType columns = new StructType(Arrays.stream(sample.schema().fields())
                .filter(field ->
                        !List.of(InputTable.PATH, ObservationColumns.FILE).contains(field.name()))
                .toArray(StructField[]::new));
        DataStreamReader reader = session.readStream().options(options);
        return switch (format) {
            case PARQUET -> known(reader.schema(columns).parquet(path), arrived);
            case JSON ->
                known(
                        reader.schema(columns)
                                .option("columnNameOfCorruptRecord", InputTable.CORRUPT)
                                .json(path),
                        arrived);
            case CSV -> followCsv(session, reader, path, columns, arrived);
        };
    }

    private static Dataset<Row> known(Dataset<Row> rows, String arrived) {
        return InputTable.withFile(rows.withColumn(arrived, col("_metadata.file_modification_time")));
    }

    private static Dataset<Row> followCsv(
            SparkSession session, DataStreamReader reader, String path, StructType columns, String arrived) {
        // No more than its path is read of a file here.
        Dataset<Row> files = known(
                        reader.schema(new BinaryFileFormat()
                                        .inferSchema(session, null, null)
                                        .get())
                                .format("binaryFile")
                                .load(path),
                        arrived)
                .select("path", arrived, InputTable.PATH, ObservationColumns.FILE);
        StructType rows = columns;
        for (StructField field : files.schema().fields()) {
            rows = field.name().equals("path") ? rows : rows.add(field);
        }
        CsvFiles each = new CsvFiles(
                List.of(columns.fieldNames()),
                new SerializableConfiguration(session.sparkContext().hadoopConfiguration()));
        return files.flatMap(each, Encoders.row(rows));
    }
}
