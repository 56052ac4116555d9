package io.murmuration.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The folder of a job's output, and the place inside it where tables grow until they are complete. */
final class OutputFolder {
    private final FileSystem files;
    private final Path root;
    private final Path work;

    private OutputFolder(FileSystem files, Path root, Path work) {
        this.files = files;
        this.root = root;
        this.work = work;
    }

    static OutputFolder open(String folder, Configuration hadoop) {
        try {
            Path path = new Path(folder);
            FileSystem files = path.getFileSystem(hadoop);
            Path root = files.makeQualified(path);
            Path work = new Path(root, ".work-" + UUID.randomUUID());
            files.mkdirs(work);
            return new OutputFolder(files, root, work);
        } catch (IOException e) {
            throw new CallerException("Cannot write to " + folder + ": " + e.getMessage());
        }
    }

    /** Where tasks write, each attempt into a folder of its own. */
    String work() {
        return work.toString();
    }

    /** Puts the tables of the given names under their final names, each at once. */
    void commit(List<TaskReport> reports, List<String> tables) {
        try {
            for (String table : tables) {
                Path gathered = new Path(work, "committed/" + table);
                files.mkdirs(gathered);
                for (TaskReport report : reports) {
                    if (report.tables().contains(table)) {
                        moveAll(new Path(report.attempt(), table), gathered);
                    }
                }
                place("committed/" + table, table);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a folder of the work under a final name, in the place of what an earlier run left there. */
    void place(String gathered, String table) {
        try {
            Path target = new Path(root, table);
            files.delete(target, true);
            rename(new Path(work, gathered), target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void moveAll(Path from, Path to) throws IOException {
        for (FileStatus file : files.listStatus(from)) {
            rename(file.getPath(), new Path(to, file.getPath().getName()));
        }
    }

    private void rename(Path from, Path to) throws IOException {
        if (!files.rename(from, to)) {
            throw new IOException("Cannot rename " + from + " to " + to);
        }
    }

    /** Removes what was left of work, committed or not. */
    void cleanUp() {
        try {
            files.delete(work, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
