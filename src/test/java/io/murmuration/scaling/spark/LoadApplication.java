package io.murmuration.scaling.spark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import scala.Tuple2;

/**
 * An application that knows nothing of the autoscaler, and whose tasks take the time that they are told to. Its arguments
 * are a file for its results and phases, one after the other: {@code skewed:TASKS:MILLIS:LONG_MILLIS} is a stage of tasks
 * of which the last takes longer, {@code shuffled:TASKS:MILLIS:PARTITIONS} two stages with a shuffle between them, {@code
 * busy:TASKS:MILLIS} a stage of tasks that compute all the time, {@code rest:MILLIS} time in which the driver asks for nothing, {@code stream:MILLIS} a streaming query of so long.
 */
public final class LoadApplication {
    private LoadApplication() {}

    public static void main(String[] arguments) throws Exception {
        try (JavaSparkContext context = new JavaSparkContext(new SparkConf().setAppName("load"))) {
            StringBuilder results = new StringBuilder();
            for (String phase : List.of(arguments).subList(1, arguments.length)) {
                String[] words = phase.split(":");
                results.append(phase).append(' ').append(run(context, words)).append('\n');
                System.err.println(Instant.now() + " ends: " + phase);
            }
            Files.writeString(Path.of(arguments[0]), results);
        }
    }

    private static String run(JavaSparkContext context, String[] words) throws Exception {
        return switch (words[0]) {
            case "skewed" ->
                skewed(context, Integer.parseInt(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
            case "shuffled" ->
                shuffled(context, Integer.parseInt(words[1]), Long.parseLong(words[2]), Integer.parseInt(words[3]));
            case "busy" -> busy(context, Integer.parseInt(words[1]), Long.parseLong(words[2]));
            case "rest" -> {
                TimeUnit.MILLISECONDS.sleep(Long.parseLong(words[1]));
                yield "";
            }
            case "stream" -> stream(Long.parseLong(words[1]));
            default -> throw new IllegalArgumentException("the phase is " + words[0]);
        };
    }

    private static String skewed(JavaSparkContext context, int tasks, long millis, long longest) {
        return context.parallelize(numbers(tasks), tasks)
                .map(task -> work(task, task == tasks - 1 ? longest : millis))
                .collect()
                .toString();
    }

    private static String shuffled(JavaSparkContext context, int tasks, long millis, int partitions) {
        return context
                .parallelize(numbers(tasks), tasks)
                .mapToPair(task -> new Tuple2<>(task % partitions, work(task, millis)))
                .reduceByKey(Long::sum, partitions)
                .sortByKey()
                .collect()
                .stream()
                .map(pair -> pair._1() + "=" + work(pair._1(), millis) + "+" + pair._2())
                .collect(Collectors.joining(" "));
    }

    private static String busy(JavaSparkContext context, int tasks, long millis) {
        return context.parallelize(numbers(tasks), tasks)
                .map(task -> {
                    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
                    long result = work(task, 0);
                    while (System.nanoTime() < end) {
                        result = work(task, 0);
                    }
                    return result;
                })
                .collect()
                .toString();
    }

    /** Reads a hundred rows a second, and leaves them. */
    private static String stream(long millis) throws Exception {
        StreamingQuery query = SparkSession.builder()
                .getOrCreate()
                .readStream()
                .format("rate")
                .option("rowsPerSecond", 100)
                .load()
                .writeStream()
                .format("noop")
                .start();
        query.awaitTermination(millis);
        query.stop();
        return "";
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toList());
    }

    /** Takes its time, and has a result that depends on its number alone. */
    private static long work(int task, long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        long hash = task;
        for (int i = 0; i < 1000; i++) {
            hash = hash * 6364136223846793005L + 1442695040888963407L;
        }
        return hash;
    }
}
