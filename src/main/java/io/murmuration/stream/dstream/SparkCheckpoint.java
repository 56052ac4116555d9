package io.murmuration.stream.dstream;

import io.murmuration.batch.CallerException;
import io.murmuration.batch.OutputFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.streaming.Checkpoint;
import org.apache.spark.streaming.StreamingContext;
import org.apache.spark.streaming.Time;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Where Spark keeps a stream's computation and its state: files that are called after times, of which the last one counts.
 *
 * @param checkpoint folder of the stream's checkpoint
 */
@SuppressWarnings("deprecation")
record SparkCheckpoint(OutputFolder checkpoint) {
    private static final String FOLDER = "spark";

    /** The whole path. */
    String path() {
        return checkpoint.path(FOLDER);
    }

    /** How the caller would name it. */
    String show() {
        return checkpoint.show(FOLDER);
    }

    /** Whether there is one to go on from. */
    boolean exists() {
        return checkpoint.names(FOLDER).stream().anyMatch(name -> name.startsWith(Checkpoint.PREFIX()));
    }

    /**
     * The computation as it was left.
     *
     * <p>Spark calls the first checkpoints that it writes after a start by the times of the micro-batches that it does again,
     * and removes states that only the checkpoint knows from which it started. Killed then, it would start from that one once
     * more, since that has a later name, and find its states gone. So it gets the earliest name that may come.
     *
     * @throws CallerException if it was begun elsewhere: Spark keeps whole paths
     */
    StreamingContext open(SparkContext spark) {
        try {
            FileSystem files = new Path(path()).getFileSystem(spark.hadoopConfiguration());
            List<Path> all = CollectionConverters.asJava(Checkpoint.getCheckpointFiles(path(), Option.apply(files)));
            Path last = all.get(all.size() - 1);
            Checkpoint kept;
            try (InputStream in = files.open(last)) {
                kept = Checkpoint.deserialize(in, spark.conf());
            }
            checkNotMoved(kept);
            Path first = Checkpoint.checkpointFile(path(), earliest(kept));
            for (Path other : all.subList(0, all.size() - 1)) {
                files.delete(other, false);
            }
            if (!last.equals(first) && !files.rename(last, first)) {
                throw new IOException("Cannot rename " + last + " to " + first);
            }
            return new StreamingContext(spark, kept, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void checkNotMoved(Checkpoint kept) {
        String begun = new Path(kept.checkpointDir()).toUri().getPath();
        if (!begun.equals(new Path(path()).toUri().getPath())) {
            throw new CallerException("The checkpoint " + checkpoint.show("")
                    + " has been moved, which those of DStreams cannot be: expected it at "
                    + new Path(begun).getParent());
        }
    }

    /** The time of the first micro-batch that is done after a start. */
    private static Time earliest(Checkpoint kept) {
        return Arrays.stream(kept.pendingTimes())
                .filter(time -> time.less(kept.checkpointTime()))
                .min((one, other) -> Long.compare(one.milliseconds(), other.milliseconds()))
                .orElse(kept.checkpointTime());
    }
}
