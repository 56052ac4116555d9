package io.murmuration.scaling.spark;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import scala.Option;

/** Finds and opens the file that an application's decisions are written to. */
final class JournalFile {
    private JournalFile() {}

    /**
     * Where it is: as told, or in the folder {@code scaling} beside the event log (in the folder itself Spark's history
     * server would take it for an event log); empty where nothing is told and there is no event log.
     */
    static Optional<Path> of(SparkContext context, Optional<String> told) {
        if (told.isPresent()) {
            return told.map(Path::new);
        }
        return context.eventLogDir().isDefined()
                ? Optional.of(new Path(
                        new Path(context.eventLogDir().get()),
                        "scaling/" + name(context.applicationId(), context.applicationAttemptId())))
                : Optional.empty();
    }

    /** As Spark names event logs: each attempt of an application has its own, which no later one writes over. */
    static String name(String application, Option<String> attempt) {
        return application + (attempt.isDefined() ? "_" + attempt.get() : "") + ".jsonl";
    }

    /** Opens it anew; what is written is there for readers after each flush. */
    static OutputStream open(Path path, Configuration configuration) throws IOException {
        FileSystem files = path.getFileSystem(configuration);
        if (files instanceof LocalFileSystem local) {
            // Past Hadoop's checksums, which hold lines back.
            java.nio.file.Path file = local.pathToFile(path).toPath();
            Files.createDirectories(file.toAbsolutePath().getParent());
            return new BufferedOutputStream(Files.newOutputStream(file));
        }
        return new HflushedStream(files.create(path, true));
    }

    private static final class HflushedStream extends FilterOutputStream {
        private final FSDataOutputStream stream;

        HflushedStream(FSDataOutputStream stream) {
            super(stream);
            this.stream = stream;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            stream.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            stream.hflush();
        }
    }
}
