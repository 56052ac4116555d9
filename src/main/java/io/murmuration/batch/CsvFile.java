package io.murmuration.batch;

import com.univocity.parsers.csv.CsvParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The rows of one CSV file by its own header, as Spark's reader gives them: cells as text, null where empty; a line that
 * has not as many cells as the header stands in the column {@link InputTable#CORRUPT}.
 */
final class CsvFile implements Iterator<Object[]>, AutoCloseable {
    private final BufferedReader lines;
    private final CsvParser parser;
    private final String nullValue;
    /** By cell of a line: its column, or −1 where nobody asked for it. */
    private final int[] columns;

    private final int width;
    private final int corrupt;
    private String next;

    private CsvFile(BufferedReader lines, List<String> wanted) throws IOException {
        this.lines = lines;
        CSVOptions options = new CSVOptions(
                scala.collection.immutable.Map$.MODULE$.from(CollectionConverters.asScala(CsvTable.OPTIONS)),
                false,
                "UTC");
        parser = new CsvParser(options.asParserSettings());
        nullValue = options.nullValue();
        width = wanted.size();
        corrupt = wanted.indexOf(InputTable.CORRUPT);
        String header = advance();
        String[] names = header == null ? new String[0] : parser.parseLine(header);
        columns = Arrays.stream(names).mapToInt(wanted::indexOf).toArray();
        next = advance();
    }

    /**
     * Opens a file.
     *
     * @param wanted names of columns, that of lines which are no rows among them; those that the file does not have are null
     */
    static CsvFile open(Path file, Configuration hadoop, List<String> wanted) throws IOException {
        return new CsvFile(reader(file, hadoop), wanted);
    }

    /** The text of a file, which may be compressed. */
    static BufferedReader reader(Path file, Configuration hadoop) throws IOException {
        CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file);
        InputStream stored = file.getFileSystem(hadoop).open(file);
        InputStream text = codec == null ? stored : codec.createInputStream(stored);
        return new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
    }

    /** The next line that is not blank. */
    private String advance() throws IOException {
        String line = lines.readLine();
        while (line != null && line.isBlank()) {
            line = lines.readLine();
        }
        return line;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Object[] next() {
        if (next == null) {
            throw new NoSuchElementException();
        }
        Object[] row = new Object[width];
        String[] cells = parser.parseLine(next);
        for (int cell = 0; cell < Math.min(cells.length, columns.length); cell++) {
            if (columns[cell] >= 0 && cells[cell] != null && !cells[cell].equals(nullValue)) {
                row[columns[cell]] = cells[cell];
            }
        }
        if (cells.length != columns.length) {
            row[corrupt] = next;
        }
        try {
            next = advance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return row;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
