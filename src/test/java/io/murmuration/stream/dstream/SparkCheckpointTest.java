package io.murmuration.stream.dstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.batch.CallerException;
import io.murmuration.batch.OutputFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.streaming.Checkpoint;
import org.apache.spark.streaming.Durations;
import org.apache.spark.streaming.StreamingContext;
import org.apache.spark.streaming.Time;
import org.apache.spark.streaming.api.java.JavaStreamingContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("deprecation")
@DisplayName("The checkpoint that Spark keeps of a stream")
class SparkCheckpointTest {
    @TempDir
    Path folder;

    private final JavaSparkContext spark = JavaSparkContext.fromSparkContext(SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .getOrCreate()
            .sparkContext());

    private SparkCheckpoint in(String name) {
        return new SparkCheckpoint(OutputFolder.open(folder.resolve(name).toString(), true, new Configuration()));
    }

    /** Writes one as Spark does that finishes a micro-batch after later ones have begun. */
    private void write(SparkCheckpoint checkpoint, long time, String... names) throws IOException {
        JavaStreamingContext context = StreamGraph.create(spark, Durations.seconds(1), 2, checkpoint.path());
        byte[] bytes = Checkpoint.serialize(new Checkpoint(context.ssc(), new Time(time)), spark.getConf());
        for (String name : names) {
            Files.write(folder.resolve("stream/spark").resolve(name), bytes);
        }
        context.stop(false);
    }

    @Test
    void isCalledByTheTimeOfTheFirstMicroBatchThatIsDoneAgainSoThatTheNextOneCountsForMore() throws IOException {
        SparkCheckpoint checkpoint = in("stream");
        assertFalse(checkpoint.exists());
        write(checkpoint, 5000, "checkpoint-3000", "checkpoint-9000.bk", "checkpoint-9000");
        assertTrue(checkpoint.exists());
        StreamingContext context = checkpoint.open(spark.sc());
        try (Stream<Path> left = Files.list(folder.resolve("stream/spark"))) {
            assertEquals(
                    List.of("checkpoint-5000"),
                    left.filter(Files::isRegularFile)
                            .map(path -> path.getFileName().toString())
                            .toList());
        }
        assertEquals(
                StreamGraph.source(new JavaStreamingContext(context)).getClass(),
                ArrivingRows.class,
                "it can be gone on");
        context.stop(false, false);
    }

    @Test
    void isRefusedWhereItWasMovedTo() throws IOException {
        write(in("stream"), 5000, "checkpoint-5000");
        Files.move(folder.resolve("stream"), folder.resolve("moved"));
        SparkCheckpoint moved = in("moved");
        String sentence = assertThrows(CallerException.class, () -> moved.open(spark.sc()))
                .getMessage();
        assertTrue(sentence.contains("has been moved, which those of DStreams cannot be: expected it at "), sentence);
        assertTrue(sentence.endsWith("/stream"), sentence);
    }
}
