package io.murmuration.stream.dstream;

import io.murmuration.batch.CallerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files of a folder, of whatever age. Spark's own stream over files remembers them for a while only: it passes over those
 * that are older, or keeps all of them in every checkpoint.
 */
final class ArrivedFiles {
    private final FileSystem files;
    private final Path folder;
    private final OptionalInt most;

    private ArrivedFiles(FileSystem files, Path folder, OptionalInt most) {
        this.files = files;
        this.folder = folder;
        this.most = most;
    }

    /**
     * Opens a folder.
     *
     * @param most files that are taken at once
     * @throws CallerException if it is not there
     */
    static ArrivedFiles in(String folder, OptionalInt most, Configuration hadoop) {
        try {
            Path path = new Path(folder);
            FileSystem files = path.getFileSystem(hadoop);
            if (!files.exists(path) || !files.getFileStatus(path).isDirectory()) {
                throw new CallerException("There is no folder at " + folder + " (--input)");
            }
            return new ArrivedFiles(files, path, most);
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            throw new CallerException("Cannot read " + folder + " (--input): " + e.getMessage());
        }
    }

    /** The names of those that were not taken yet, in the order in which they came. */
    List<String> without(Set<String> taken) {
        try {
            return Arrays.stream(files.listStatus(folder))
                    .filter(file -> file.isFile() && !hidden(file.getPath().getName()))
                    .filter(file -> !taken.contains(file.getPath().getName()))
                    .sorted(Comparator.comparingLong(FileStatus::getModificationTime)
                            .thenComparing(FileStatus::getPath))
                    .limit(most.orElse(Integer.MAX_VALUE))
                    .map(file -> file.getPath().getName())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As Spark's readers see it, which would pass over such a file. */
    private static boolean hidden(String name) {
        return name.startsWith(".") || name.startsWith("_") || name.endsWith("._COPYING_");
    }

    /** The whole paths of files. */
    String[] paths(List<String> names) {
        return names.stream().map(name -> new Path(folder, name).toString()).toArray(String[]::new);
    }
}
