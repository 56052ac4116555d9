package io.murmuration.batch;

import java.util.Map;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.csv.CSVFileFormat;
import org.apache.spark.sql.execution.datasources.json.JsonFileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;

/** The formats in which tables are read and written. */
public enum TableFormat {
    PARQUET,
    JSON,
    CSV;

    /** As Spark's readers and users call it. */
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    FileFormat writer() {
        return switch (this) {
            case PARQUET -> new ParquetFileFormat();
            case JSON -> new JsonFileFormat();
            case CSV -> new CSVFileFormat();
        };
    }

    /** Options of the writer: JSON keeps nulls, CSV has a header. */
    Map<String, String> options() {
        return switch (this) {
            case PARQUET -> Map.of();
            case JSON -> Map.of("ignoreNullFields", "false");
            case CSV -> Map.of("header", "true");
        };
    }

    /** Whether a cell can hold an array. In CSV an array is JSON in its cell. */
    boolean holdsArrays() {
        return this != CSV;
    }
}
