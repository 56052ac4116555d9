package io.murmuration.batch;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * CSV files with headers as one table of text. Spark reads a folder by the header of one of its files; here each file is
 * read by its own, so that columns may stand in another order, or be missing.
 */
final class CsvTable {
    /** Of Spark's reader. */
    static final Map<String, String> OPTIONS =
            Map.of("header", "true", "escape", TableFormat.QUOTE, "columnNameOfCorruptRecord", InputTable.CORRUPT);

    private CsvTable() {}

    /**
     * Reads files.
     *
     * @param path of a file, a folder or a glob
     * @param columns adds columns that tell of the file
     * @throws IOException if a header cannot be read
     */
    static Dataset<Row> read(SparkSession session, String path, UnaryOperator<Dataset<Row>> columns)
            throws IOException {
        Map<String, List<String>> byHeader = new LinkedHashMap<>();
        Configuration hadoop = session.sparkContext().hadoopConfiguration();
        for (String address : session.read().text(path).inputFiles()) {
            Path file = new Path(URI.create(address));
            byHeader.computeIfAbsent(header(file, hadoop), header -> new ArrayList<>())
                    .add(file.toString());
        }
        if (byHeader.size() <= 1) {
            return columns.apply(readAlike(session, path));
        }
        // An empty file has no header, and no rows.
        byHeader.remove("");
        return byHeader.values().stream()
                .map(files -> columns.apply(readAlike(session, files.toArray(String[]::new))))
                .reduce((all, more) -> all.unionByName(more, true))
                .orElseThrow();
    }

    private static String header(Path file, Configuration hadoop) throws IOException {
        try (BufferedReader lines = CsvFile.reader(file, hadoop)) {
            String first = lines.readLine();
            return first == null ? "" : first;
        }
    }

    private static Dataset<Row> readAlike(SparkSession session, String... paths) {
        StructType names = session.read().options(OPTIONS).csv(paths).schema();
        return session.read()
                .options(OPTIONS)
                .schema(names.add(InputTable.CORRUPT, DataTypes.StringType, true))
                .csv(paths);
    }
}
