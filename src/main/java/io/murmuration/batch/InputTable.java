package io.murmuration.batch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.url_decode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
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
public final class InputTable {
    /** Column in which Spark keeps the text of a row that it could not parse. */
    public static final String CORRUPT = "@corrupt";
    /** Column of the file that a row comes from. */
    public static final String PATH = "@path";

    private static final int NAMES_FROM_LINES = 1000;
    /** Of a folder with more files, the first ones stand for all. */
    private static final int NAMES_LOOKED_AT = 10_000;

    private InputTable() {}

    public static Dataset<Row> open(SparkSession session, String path, Optional<TableFormat> wanted) {
        TableFormat format = wanted.orElseGet(() -> guess(session, path));
        try {
            return read(session, path, format);
        } catch (IOException e) {
            throw cannotRead(path, format, e);
        } catch (Exception e) {
            // Spark throws checked exceptions that it does not declare.
            if (e instanceof AnalysisException || e instanceof SparkException) {
                throw cannotRead(path, format, e);
            }
            throw e;
        }
    }

    /** The format of the files at a path, by their names. */
    public static TableFormat format(SparkSession session, String path, Optional<TableFormat> wanted) {
        return wanted.orElseGet(() -> guess(session, path));
    }

    private static CallerException cannotRead(String path, TableFormat format, Exception e) {
        String why = e instanceof AnalysisException analysis
                ? analysis.getSimpleMessage()
                : String.valueOf(rootCause(e).getMessage());
        return new CallerException("Cannot read " + path + " as " + format.text() + ": " + firstLine(why));
    }

    /**
     * A session like the given one in which times are UTC, whatever the zone of its user, and columns are those that are
     * named, to the letter.
     */
    public static SparkSession session(SparkSession session) {
        SparkSession own = ((org.apache.spark.sql.classic.SparkSession) session).cloneSession();
        own.conf().set("spark.sql.session.timeZone", "UTC");
        own.conf().set("spark.sql.caseSensitive", "true");
        return own;
    }

    /**
     * Makes every file one partition: rows of a file then stay together and in order. Spark packs files until their sizes,
     * each with the cost of opening it, exceed the size of a partition; a cost as large as that leaves room for one.
     */
    static void keepFilesWhole(SparkSession own) {
        own.conf().set("spark.sql.files.maxPartitionBytes", Long.toString(1L << 50));
        own.conf().set("spark.sql.files.openCostInBytes", Long.toString(1L << 50));
    }

    private static Throwable rootCause(Throwable e) {
        return e.getCause() == null ? e : rootCause(e.getCause());
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text).strip();
    }

    /** By the endings of files. */
    private static TableFormat guess(SparkSession session, String path) {
        Set<TableFormat> formats = EnumSet.noneOf(TableFormat.class);
        try {
            for (FileStatus file : files(session, path, NAMES_LOOKED_AT)) {
                ofName(file.getPath().getName()).ifPresent(formats::add);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new CallerException("Cannot read " + path + ": " + firstLine(String.valueOf(e.getMessage())));
        }
        if (formats.size() != 1) {
            throw new CallerException("The names of the files at " + path
                    + (formats.isEmpty() ? " do not tell their format" : " tell of several formats")
                    + ", expected .csv, .json, .jsonl or .parquet: give --input-format");
        }
        return formats.iterator().next();
    }

    /** How many files at a path, of those that Spark's readers read, were changed after a time; empty where it cannot be read. */
    public static OptionalLong filesAfter(SparkSession session, String path, long millis) {
        try {
            return OptionalLong.of(files(session, path, Integer.MAX_VALUE).stream()
                    .filter(file -> file.getModificationTime() > millis)
                    .count());
        } catch (IOException | CallerException e) {
            return OptionalLong.empty();
        }
    }

    /** Some of the files at a path that Spark's readers read. */
    private static List<FileStatus> files(SparkSession session, String path, int most) throws IOException {
        Path pattern = new Path(path);
        FileSystem system = pattern.getFileSystem(session.sparkContext().hadoopConfiguration());
        FileStatus[] found = system.globStatus(pattern);
        if (found == null || found.length == 0) {
            throw new CallerException("There is no input at " + path);
        }
        List<FileStatus> files = new ArrayList<>();
        for (FileStatus status : found) {
            RemoteIterator<LocatedFileStatus> iterator = system.listFiles(status.getPath(), true);
            while (files.size() < most && iterator.hasNext()) {
                FileStatus file = iterator.next();
                if (!hidden(file.getPath(), status.getPath())) {
                    files.add(file);
                }
            }
        }
        return files;
    }

    /** Opens the first file: Spark would do so in a task, and log pages of stack trace where it is no Parquet. */
    private static void checkParquet(SparkSession session, String path) throws IOException {
        for (FileStatus file : files(session, path, 1)) {
            try {
                ParquetFileReader.open(HadoopInputFile.fromPath(
                                file.getPath(), session.sparkContext().hadoopConfiguration()))
                        .close();
            } catch (RuntimeException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }

    /** Whether Spark's readers pass over a file of a folder: those that others keep their books in. */
    private static boolean hidden(Path file, Path folder) {
        for (Path at = file; at != null && !at.equals(folder); at = at.getParent()) {
            if (at.getName().startsWith("_") || at.getName().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static Optional<TableFormat> ofName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.matches(".*\\.jsonl(\\.[a-z0-9]+)?")) {
            return Optional.of(TableFormat.JSON);
        }
        return Arrays.stream(TableFormat.values())
                .filter(format -> lower.matches(".*\\." + format.text() + "(\\.[a-z0-9]+)?"))
                .findFirst();
    }

    private static Dataset<Row> read(SparkSession session, String path, TableFormat format) throws IOException {
        return switch (format) {
            case PARQUET -> {
                checkParquet(session, path);
                yield withFile(session.read().parquet(path));
            }
            case CSV -> CsvTable.read(session, path, InputTable::withFile);
            case JSON ->
                withFile(session.read()
                        .option("columnNameOfCorruptRecord", CORRUPT)
                        .schema(jsonSchema(session, path))
                        .json(path));
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
        List<String> names = Arrays.asList(schema.fieldNames());
        if (!names.contains("action") && !names.contains("a0")) {
            // Maybe actions are recorded further down; as text, an array is its JSON.
            schema = schema.add("action", DataTypes.StringType, true);
        }
        return schema.add(CORRUPT, DataTypes.StringType, true);
    }

    /** Adds the columns that tell of a row's file. */
    static Dataset<Row> withFile(Dataset<Row> table) {
        Set<String> taken = Arrays.stream(table.columns()).collect(Collectors.toSet());
        if (taken.contains(ObservationColumns.FILE)) {
            return table;
        }
        List<String> compressed = List.of("gz", "bz2", "zst", "lz4", "snappy", "deflate");
        String ending = "(\\.[^.]+)(\\.(" + String.join("|", compressed) + "))?$";
        return table.withColumn(PATH, col("_metadata.file_path"))
                .withColumn(ObservationColumns.FILE, regexp_replace(decoded(col("_metadata.file_name")), ending, ""));
    }

    /** A file's name as it is: Spark has it as part of an address, in which a blank, say, is %20. */
    private static Column decoded(Column name) {
        return url_decode(regexp_replace(name, "\\+", "%2B"));
    }
}
