package io.murmuration.stream.dstream;

import java.util.Arrays;
import java.util.HashMap;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.streaming.Duration;
import org.apache.spark.streaming.StateSpec;
import org.apache.spark.streaming.Time;
import org.apache.spark.streaming.api.java.JavaMapWithStateDStream;
import org.apache.spark.streaming.api.java.JavaPairDStream;
import org.apache.spark.streaming.api.java.JavaStreamingContext;
import scala.reflect.ClassTag;

/** The computation as Spark keeps it in its checkpoint. */
@SuppressWarnings("deprecation")
final class StreamGraph {
    /** Micro-batches after which Spark writes the whole state. */
    private static final int STATE_EVERY = 10;

    private StreamGraph() {}

    /**
     * Makes it.
     *
     * @param every time from one micro-batch to the next
     * @param partitions of the state
     * @param checkpoint where Spark keeps it
     */
    static JavaStreamingContext create(JavaSparkContext spark, Duration every, int partitions, String checkpoint) {
        JavaStreamingContext context = new JavaStreamingContext(spark, every);
        context.checkpoint(checkpoint);
        DriverLink link = new DriverLink();
        JavaPairDStream<Integer, Arrivals> arrivals = JavaPairDStream.fromPairDStream(
                new ArrivingRows(context.ssc(), link), ClassTag.apply(Integer.class), ClassTag.apply(Arrivals.class));
        JavaMapWithStateDStream<Integer, Arrivals, HashMap<String, byte[]>, byte[]> ends =
                arrivals.mapWithState(StateSpec.function(new PartitionUpdate()).numPartitions(partitions));
        ends.checkpoint(every.$times(STATE_EVERY));
        // In this order: what is committed goes with the states that were seen before.
        ends.stateSnapshots().foreachRDD(new SeeStates(link));
        ends.foreachRDD(new Commit(link));
        return context;
    }

    /** The source of a computation, which may come from a checkpoint. */
    static ArrivingRows source(JavaStreamingContext context) {
        return Arrays.stream(context.ssc().graph().getInputStreams())
                .filter(ArrivingRows.class::isInstance)
                .map(ArrivingRows.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The checkpoint holds another computation"));
    }

    /** Whether Spark writes the whole state after a micro-batch, and so needs it. */
    static boolean writesState(JavaStreamingContext context, long millis) {
        long every = context.ssc().graph().batchDuration().milliseconds();
        return (millis - context.ssc().graph().zeroTime().milliseconds()) % (STATE_EVERY * every) == 0;
    }

    private record SeeStates(DriverLink link)
            implements VoidFunction2<JavaPairRDD<Integer, HashMap<String, byte[]>>, Time> {
        @Override
        public void call(JavaPairRDD<Integer, HashMap<String, byte[]>> states, Time time) {
            link.driver().see(states);
        }
    }

    private record Commit(DriverLink link) implements VoidFunction2<JavaRDD<byte[]>, Time> {
        @Override
        public void call(JavaRDD<byte[]> ends, Time time) {
            link.driver().run(ends, time.milliseconds());
        }
    }
}
