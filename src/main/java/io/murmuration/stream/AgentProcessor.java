package io.murmuration.stream;

import io.murmuration.batch.CallerException;
import io.murmuration.batch.CompiledModel;
import io.murmuration.batch.TableFiles;
import io.murmuration.batch.TaskEnd;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.encoders.ExpressionEncoder;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.streaming.ExpiredTimerInfo;
import org.apache.spark.sql.streaming.MapState;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StatefulProcessor;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A state partition: keeps where its agents stand, and puts the rows that a micro-batch brings to it through the kernels.
 * It writes all tables in one pass, as a batch does, and hands on one element: how its part ended, for the driver.
 */
final class AgentProcessor extends StatefulProcessor<Integer, Row, byte[]> {
    /** Of the state that holds an entry an agent. */
    static final String AGENTS = "agents";

    private static final long serialVersionUID = 1L;

    private final StreamWork work;
    private transient MapState<String, byte[]> agents;
    private transient HeldRows held;
    private transient ExpressionEncoder.Serializer<Row> serializer;

    AgentProcessor(StreamWork work) {
        this.work = work;
    }

    @Override
    public void init(OutputMode outputMode, TimeMode timeMode) {
        agents = getHandle().getMapState(AGENTS, Encoders.STRING(), Encoders.BINARY(), TTLConfig.NONE());
        if (work.holds()) {
            held = new HeldRows(
                    getHandle().getMapState("held", Encoders.LONG(), Encoders.BINARY(), TTLConfig.NONE()),
                    work.slotMicros());
        }
        serializer = ExpressionEncoder.apply(work.rows()).createSerializer();
    }

    @Override
    public scala.collection.Iterator<byte[]> handleInputRows(
            Integer partition, scala.collection.Iterator<Row> rows, TimerValues timers) {
        List<KeyedRow> arrived = new ArrayList<>();
        boolean flush = false;
        Iterator<Row> input = CollectionConverters.asJava(rows);
        while (input.hasNext()) {
            InternalRow row = serializer.apply(input.next());
            if (row.getBoolean(StreamRows.FLUSH)) {
                flush = true;
            } else {
                UnsafeRow keyed = (UnsafeRow) row.getStruct(StreamRows.KEYED, KeyedRow.WIDTH);
                arrived.add(KeyedRow.of(keyed.copy()));
            }
        }
        return one(part(arrived, flush ? Long.MAX_VALUE : watermark(timers)));
    }

    @Override
    public scala.collection.Iterator<byte[]> handleExpiredTimer(
            Integer partition, TimerValues timers, ExpiredTimerInfo expired) {
        return one(part(List.of(), watermark(timers)));
    }

    private long watermark(TimerValues timers) {
        return work.holds() ? TimeUnit.MILLISECONDS.toMicros(timers.getCurrentWatermarkInMs()) : Long.MAX_VALUE;
    }

    private static scala.collection.Iterator<byte[]> one(TaskEnd end) {
        return CollectionConverters.asScala(List.of(end.toBytes()).iterator());
    }

    private TaskEnd part(List<KeyedRow> arrived, long watermark) {
        List<KeyedRow> due = new ArrayList<>();
        long heldMore = 0;
        if (work.holds()) {
            List<KeyedRow> waiting = new ArrayList<>();
            for (KeyedRow row : arrived) {
                (row.timed() && held.end(row.time()) > watermark ? waiting : due).add(row);
            }
            List<KeyedRow> released = held.release(watermark);
            due.addAll(released);
            hold(waiting);
            heldMore = waiting.size() - (long) released.size();
        } else {
            due.addAll(arrived);
        }
        return infer(due, arrived, heldMore);
    }

    private void hold(List<KeyedRow> waiting) {
        held.keep(waiting, getHandle().getQueryInfo().getBatchId());
        waiting.stream()
                .mapToLong(row -> TimeUnit.MICROSECONDS.toMillis(held.end(row.time())) + 1)
                .distinct()
                .forEach(getHandle()::registerTimer);
    }

    private static ArrivalTimes arrivals(List<KeyedRow> due, List<KeyedRow> arrived) {
        ArrivalTimes arrivals = new ArrivalTimes(System.currentTimeMillis());
        due.forEach(row -> row.arrived().ifPresent(arrivals::add));
        arrived.forEach(row -> row.arrived().ifPresent(arrivals::taken));
        return arrivals;
    }

    private TaskEnd infer(List<KeyedRow> due, List<KeyedRow> arrived, long heldMore) {
        due.sort(KeyedRow.ORDER);
        TaskContext task = TaskContext.get();
        String attempt = work.folder() + "/attempt-" + task.partitionId() + "-" + task.taskAttemptId();
        AgentGroups groups = new AgentGroups(
                due, agents, work.inference().fleet(), work.inference().form());
        List<CompiledModel> models = work.inference().compile();
        try (MicroBatchWriter writer = new MicroBatchWriter(
                work.tables(), models, new TableFiles(attempt, task.partitionId()), groups::ended)) {
            work.inference()
                    .start(groups.rows(writer::duplicate), models, writer)
                    .finish();
            return new TaskEnd.Done<>(writer.finish(arrived.size(), heldMore, arrivals(due, arrived)));
        } catch (CallerException e) {
            return new TaskEnd.Refusal(e.getMessage());
        }
    }
}
