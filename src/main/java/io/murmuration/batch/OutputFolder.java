package io.murmuration.batch;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * The folder of a job's output on any file system, and the place inside it where tables grow until they are complete.
 *
 * <p>What an earlier run left there stays untouched until this one has something to put in its place.
 */
public final class OutputFolder implements AutoCloseable {
    private static final String WORK = ".work-";
    private static final String GROWING = ".growing-";

    private final FileSystem files;
    private final String given;
    private final boolean overwrite;
    private final Path root;
    private final Path work;

    private OutputFolder(FileSystem files, String given, boolean overwrite) {
        this.files = files;
        this.given = given;
        this.overwrite = overwrite;
        root = files.makeQualified(new Path(given));
        work = new Path(root, WORK + UUID.randomUUID());
    }

    /**
     * Opens a folder to write to; nothing is made before there is something to write.
     *
     * @param folder as the caller names it
     * @param overwrite whether what an earlier run left there may be replaced
     * @throws CallerException if the folder exists and may not be replaced, or cannot be reached
     */
    public static OutputFolder open(String folder, boolean overwrite, Configuration hadoop) {
        try {
            FileSystem system = new Path(folder).getFileSystem(hadoop);
            // On a local disk without the checksum files that Hadoop would lay beside each file.
            FileSystem files = system instanceof LocalFileSystem local ? local.getRawFileSystem() : system;
            OutputFolder output = new OutputFolder(files, folder, overwrite);
            if (!overwrite && files.exists(output.root)) {
                throw new CallerException("The output folder " + folder
                        + " exists (--output), expected a new one: name another, or give --overwrite");
            }
            return output;
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            throw new CallerException("Cannot write to " + folder + " (--output): " + e.getMessage());
        }
    }

    /** How the caller would name something in this folder. */
    public String show(String name) {
        return name.isEmpty() ? given : new Path(new Path(given), name).toString();
    }

    /** The whole path of something in this folder. */
    public String path(String name) {
        return (name.isEmpty() ? root : new Path(root, name)).toString();
    }

    /** Makes a folder inside this one, if it is not there. */
    public void makeFolder(String name) {
        try {
            files.mkdirs(new Path(root, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where tasks write, each attempt into a folder of its own. */
    public String work() {
        return work.toString();
    }

    /** Makes the place where tables grow, so that a folder that cannot be written is known before anything is computed. */
    public void begin() {
        if (overwrite) {
            removeLeftWork();
        }
        beginBeside();
    }

    /** The same, but leaves alone what others have under way, or left when they were killed. */
    public void beginBeside() {
        try {
            if (!files.mkdirs(work)) {
                throw new IOException("no folder can be made there");
            }
        } catch (IOException e) {
            throw new CallerException("Cannot write to " + given + " (--output): " + e.getMessage());
        }
    }

    /** Removes the work of others: of those that were killed in the middle, where nobody else can be at work. */
    public void removeLeftWork() {
        try {
            if (files.exists(root)) {
                for (FileStatus left : files.listStatus(
                        root,
                        path -> path.getName().startsWith(WORK)
                                && !path.getName().equals(work.getName()))) {
                    files.delete(left.getPath(), true);
                }
            }
        } catch (IOException e) {
            throw new CallerException("Cannot write to " + given + " (--output): " + e.getMessage());
        }
    }

    /** Gathers the files of a table from a folder inside the work, such as that of an attempt that succeeded. */
    public void gather(String attempt, String table) {
        try {
            Path gathered = new Path(gathered(table));
            files.mkdirs(gathered);
            moveAll(new Path(attempt, table), gathered);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void moveAll(Path from, Path to) throws IOException {
        for (FileStatus file : files.listStatus(from)) {
            Path target = new Path(to, file.getPath().getName());
            if (file.isDirectory()) {
                files.mkdirs(target);
                moveAll(file.getPath(), target);
            } else if (!target.getName().startsWith(".")) {
                rename(file.getPath(), target);
            }
        }
    }

    /** Where the gathered files of a table are. */
    String gathered(String table) {
        return new Path(work, "committed/" + table).toString();
    }

    /** Removes what an earlier run left under names. */
    public void removeAll(List<String> names) {
        names.forEach(this::remove);
    }

    /** Puts a gathered table under its final name, at once, in the place of what an earlier run left there. */
    public void place(String table) {
        remove(table);
        try {
            rename(new Path(gathered(table)), new Path(root, table));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Puts a gathered table under a name, at once, unless something is there: that was put there before a failure, and
     * holds the same rows.
     */
    public void placeOnce(String table, String name) {
        try {
            Path target = new Path(root, name);
            if (files.exists(target)) {
                files.delete(new Path(gathered(table)), true);
                return;
            }
            files.mkdirs(target.getParent());
            rename(new Path(gathered(table)), target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes what failed attempts left of work. */
    public void clear() {
        try {
            if (files.exists(work)) {
                for (FileStatus left : files.listStatus(work)) {
                    files.delete(left.getPath(), true);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names in a folder inside this one; none where there is no such folder. */
    public List<String> names(String name) {
        try {
            Path inside = name.isEmpty() ? root : new Path(root, name);
            if (!files.exists(inside)) {
                return List.of();
            }
            return Arrays.stream(
                            files.listStatus(inside, path -> !path.getName().startsWith(GROWING)))
                    .map(file -> file.getPath().getName())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file's text; empty where there is no such file. */
    public Optional<String> read(String name) {
        Path file = new Path(root, name);
        try {
            if (!files.exists(file)) {
                return Optional.empty();
            }
            try (InputStream in = files.open(file)) {
                return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void remove(String name) {
        try {
            files.delete(new Path(root, name), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void rename(Path from, Path to) throws IOException {
        if (!files.rename(from, to)) {
            throw new IOException("Cannot rename " + from + " to " + to);
        }
    }

    /** Writes a file of text under its final name, at once. */
    public void write(String name, String text) {
        try {
            Path target = new Path(root, name);
            Path growing = new Path(target.getParent(), GROWING + target.getName());
            try (OutputStream out = files.create(growing, true)) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
            // Local file systems replace a file at once, so that one of the two is always there; others refuse to.
            if (!(files instanceof RawLocalFileSystem)) {
                remove(name);
            }
            rename(growing, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text that grows, and is put under its final name by {@link #place} when it is complete and closed. */
    public Writer writer(String name) throws IOException {
        return new BufferedWriter(
                new OutputStreamWriter(files.create(new Path(gathered(name)), true), StandardCharsets.UTF_8));
    }

    /** Removes what is left of work, committed or not, and the folder itself if nothing came to stand in it. */
    @Override
    public void close() {
        try {
            files.delete(work, true);
            if (files.exists(root) && files.listStatus(root).length == 0) {
                files.delete(root, false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
