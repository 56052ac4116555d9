package io.murmuration.scaling.spark;

import io.murmuration.report.ScalingReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Writes the page of a run beside its journal, for when the application and its web UI are gone. */
final class ReportFile {
    private ReportFile() {}

    /** The journal's place and name, with the ending of a page. */
    static Path beside(Path journal) {
        return new Path(journal.getParent(), journal.getName().replaceFirst("\\.[^.]*$", "") + ".html");
    }

    static void write(Path path, ScalingReport report, Configuration configuration) throws IOException {
        try (OutputStream page = JournalFile.open(path, configuration)) {
            page.write(report.html().getBytes(StandardCharsets.UTF_8));
        }
    }
}
