package io.murmuration.stream.dstream;

import org.apache.spark.rdd.RDD;
import org.apache.spark.streaming.StreamingContext;
import org.apache.spark.streaming.Time;
import org.apache.spark.streaming.dstream.InputDStream;
import scala.Option;
import scala.Tuple2;
import scala.reflect.ClassTag;

/** What has arrived, keyed by state partition; nothing where nothing has. */
@SuppressWarnings("deprecation")
final class ArrivingRows extends InputDStream<Tuple2<Integer, Arrivals>> {
    private static final long serialVersionUID = 1L;

    private final DriverLink link;

    ArrivingRows(StreamingContext context, DriverLink link) {
        super(context, ClassTag.apply(Tuple2.class));
        this.link = link;
    }

    DriverLink link() {
        return link;
    }

    @Override
    public Option<RDD<Tuple2<Integer, Arrivals>>> compute(Time time) {
        return Option.apply(link.driver().arrivals(time.milliseconds()).orElse(null));
    }

    @Override
    public void start() {
        // Nothing runs between micro-batches.
    }

    @Override
    public void stop() {
        // Nothing runs between micro-batches.
    }
}
