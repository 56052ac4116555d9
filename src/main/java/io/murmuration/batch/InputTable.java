package io.murmuration.batch;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Opens a table of any format. Text formats are read as text: what a cell means, the model decides, and no pass over the
 * data is spent on guessing types.
 */
final class InputTable {
    /** Column in which Spark keeps the text of a row that it could not parse. */
    static final String CORRUPT = "@corrupt";
    /** Column of the file that a row comes from. */
    static final String PATH = "@path";

    private static final int NAMES_FROM_LINES = 1000;

    private InputTable() {}

    static Dataset<Row> open(SparkSession session, String path, Optional<TableFormat> wanted) {
        TableFormat format = wanted.orElseGet(() -> guess(session, path));
        try {
            return withFile(read(session, path, format));
        } catch (Exception e) {
            if (e instanceof AnalysisException analysis) {
                throw new CallerException("Cannot read " + path + ": " + firstLine(analysis.getSimpleMessage()));
            }
            throw e;
        }
    }

    /**
     * A session like the given one that makes every file one partition: rows of a file then stay together and in order.
     * Spark packs files until their sizes, each with the cost of opening it, exceed the size of a partition; a cost as
     * large as that leaves room for one.
     */
    static SparkSession keepingFilesWhole(SparkSession session) {
        SparkSession own = ((org.apache.spark.sql.classic.SparkSession) session).cloneSession();
        own.conf().set("spark.sql.files.maxPartitionBytes", Long.toString(1L << 50));
        own.conf().set("spark.sql.files.openCostInBytes", Long.toString(1L << 50));
        return own;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text).strip();
    }

    /** By the ending of a file, or of the first file of a folder; Parquet where that tells nothing. */
    private static TableFormat guess(SparkSession session, String path) {
        try {
            org.apache.hadoop.fs.Path pattern = new org.apache.hadoop.fs.Path(path);
            org.apache.hadoop.fs.FileSystem files =
                    pattern.getFileSystem(session.sparkContext().hadoopConfiguration());
            org.apache.hadoop.fs.FileStatus[] found = files.globStatus(pattern);
            if (found == null || found.length == 0) {
                throw new CallerException("There is no input at " + path);
            }
            var iterator = files.listFiles(found[0].getPath(), true);
            while (iterator.hasNext()) {
                String name = iterator.next().getPath().getName();
                for (TableFormat format : TableFormat.values()) {
                    if (name.matches(".*\\." + format.text() + "(\\.[a-z0-9]+)?")
                            || (format == TableFormat.JSON && name.matches(".*\\.jsonl"))) {
                        return format;
                    }
                }
            }
            return TableFormat.PARQUET;
        } catch (java.io.IOException e) {
            throw new CallerException("Cannot read " + path + ": " + e.getMessage());
        }
    }

    private static Dataset<Row> read(SparkSession session, String path, TableFormat format) {
        return switch (format) {
            case PARQUET -> session.read().parquet(path);
            case CSV -> {
                StructType names =
                        session.read().option("header", "true").csv(path).schema();
                yield session.read()
                        .option("header", "true")
                        .option("columnNameOfCorruptRecord", CORRUPT)
                        .schema(names.add(CORRUPT, DataTypes.StringType, true))
                        .csv(path);
            }
            case JSON ->
                session.read()
                        .option("columnNameOfCorruptRecord", CORRUPT)
                        .schema(jsonSchema(session, path))
                        .json(path);
        };
    }

    /** Text for every column, arrays of text for arrays; names from the first lines. */
    private static StructType jsonSchema(SparkSession session, String path) {
        StructType found = session.read()
                .option("columnNameOfCorruptRecord", CORRUPT)
                .json(session.read().textFile(path).limit(NAMES_FROM_LINES))
                .schema();
        StructType schema = new StructType();
        for (StructField field : found.fields()) {
            if (!field.name().equals(CORRUPT)) {
                DataType type = field.dataType() instanceof ArrayType
                        ? DataTypes.createArrayType(DataTypes.StringType)
                        : DataTypes.StringType;
                schema = schema.add(field.name(), type, true);
            }
        }
        return schema.add(CORRUPT, DataTypes.StringType, true);
    }

    private static Dataset<Row> withFile(Dataset<Row> table) {
        Set<String> taken = Arrays.stream(table.columns()).collect(Collectors.toSet());
        if (taken.contains(ObservationColumns.FILE)) {
            return table;
        }
        List<String> compressed = List.of("gz", "bz2", "zst", "lz4", "snappy", "deflate");
        String ending = "(\\.[^.]+)(\\.(" + String.join("|", compressed) + "))?$";
        return table.withColumn(PATH, col("_metadata.file_path"))
                .withColumn(
                        ObservationColumns.FILE,
                        org.apache.spark.sql.functions.regexp_replace(col("_metadata.file_name"), ending, ""));
    }
}
