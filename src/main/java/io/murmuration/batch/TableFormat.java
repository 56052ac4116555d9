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

    /** A quote inside a quoted cell is written twice. */
    static final String QUOTE = "\"";

    /** How a timestamp is written in text. */
    public static final String TIMESTAMP = "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX";

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

    /** Options of the writer: JSON keeps nulls, CSV is that of RFC 4180 with a header, times are UTC to the microsecond. */
    public Map<String, String> options() {
        return switch (this) {
            case PARQUET -> Map.of();
            case JSON -> Map.of("ignoreNullFields", "false", "timestampFormat", TIMESTAMP, "timeZone", "UTC");
            case CSV ->
                Map.of(
                        "header",
                        "true",
                        "escape",
                        QUOTE,
                        "ignoreLeadingWhiteSpace",
                        "false",
                        "ignoreTrailingWhiteSpace",
                        "false",
                        "timestampFormat",
                        TIMESTAMP,
                        "timeZone",
                        "UTC");
        };
    }

    /** Whether a cell can hold an array. In CSV an array is JSON in its cell. */
    boolean holdsArrays() {
        return this != CSV;
    }
}
