package io.murmuration.stream;

import io.murmuration.batch.CallerException;
import io.murmuration.batch.TaskEnd;
import io.murmuration.stream.agent.AgentEntry;
import io.murmuration.stream.agent.AgentGroups;
import io.murmuration.stream.agent.AgentKey;
import io.murmuration.stream.agent.AgentStore;
import io.murmuration.stream.agent.Intake;
import io.murmuration.stream.agent.KeyedRow;
import io.murmuration.stream.agent.Moment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import org.apache.spark.sql.streaming.StatefulProcessorWithInitialState;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A state partition: keeps where its agents stand, and puts the rows that a micro-batch brings to it through the kernels.
 * It writes all tables in one pass, as a batch does, and hands on one element: how its part ended, for the driver.
 */
final class AgentProcessor extends StatefulProcessorWithInitialState<Integer, Row, byte[], Row> {
    /** Of the state that holds an entry an agent. */
    static final String AGENTS = "agents";

    private static final long serialVersionUID = 1L;

    private final StreamWork work;
    private transient MapState<String, byte[]> agents;
    private transient HeldRows held;
    private transient IdleAgents idle;
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
        if (work.timeToLive() != null) {
            idle = new IdleAgents(agents, getHandle());
        }
        serializer = ExpressionEncoder.apply(work.rows()).createSerializer();
    }

    @Override
    public void handleInitialState(Integer partition, Row initial, TimerValues timers) {
        agents.updateValue(
                InitialAgents.key(initial, work.inference().fleet()),
                InitialAgents.entry(initial, timers.getCurrentProcessingTimeInMs())
                        .encode());
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
        return one(part(arrived, flush, timers));
    }

    @Override
    public scala.collection.Iterator<byte[]> handleExpiredTimer(
            Integer partition, TimerValues timers, ExpiredTimerInfo expired) {
        return one(part(List.of(), false, timers));
    }

    private static scala.collection.Iterator<byte[]> one(TaskEnd end) {
        return CollectionConverters.asScala(List.of(end.toBytes()).iterator());
    }

    private TaskEnd part(List<KeyedRow> arrived, boolean flush, TimerValues timers) {
        try {
            return work.holds() ? inferDue(arrived, flush, timers) : infer(Intake.of(arrived), moment(timers));
        } catch (CallerException e) {
            return new TaskEnd.Refusal(e.getMessage());
        }
    }

    private Moment moment(TimerValues timers) {
        long millis = timers.getCurrentProcessingTimeInMs();
        return new Moment(millis, TimeUnit.MILLISECONDS.toMicros(millis), Optional.ofNullable(work.timeToLive()));
    }

    /** What the watermark has passed is inferred, the rest is held. */
    private TaskEnd inferDue(List<KeyedRow> arrived, boolean flush, TimerValues timers) {
        long watermark = Watermark.micros(timers);
        long until = flush ? Long.MAX_VALUE : watermark;
        List<KeyedRow> due = new ArrayList<>();
        List<KeyedRow> waiting = new ArrayList<>();
        Set<KeyedRow> late = Collections.newSetFromMap(new IdentityHashMap<>());
        for (KeyedRow row : arrived) {
            if (row.timed() && held.end(row.time()) > until) {
                waiting.add(row);
            } else {
                due.add(row);
                // Its agent may have been let go, and nobody could tell.
                if (work.timeToLive() != null && row.timed() && held.end(row.time()) <= watermark) {
                    late.add(row);
                }
            }
        }
        List<KeyedRow> released = held.release(until);
        due.addAll(released);
        hold(waiting);
        // Rows may still come of the slot in which the watermark stands.
        Moment moment = new Moment(
                timers.getCurrentProcessingTimeInMs(), held.start(watermark), Optional.ofNullable(work.timeToLive()));
        return infer(new Intake(arrived, due, late, waiting.size() - (long) released.size()), moment);
    }

    private void hold(List<KeyedRow> waiting) {
        held.keep(waiting, getHandle().getQueryInfo().getBatchId());
        waiting.stream()
                .mapToLong(row -> Watermark.timer(held.end(row.time())))
                .distinct()
                .forEach(getHandle()::registerTimer);
    }

    private TaskEnd infer(Intake intake, Moment moment) {
        TaskContext task = TaskContext.get();
        String attempt = work.folder() + "/attempt-" + task.partitionId() + "-" + task.taskAttemptId();
        return new TaskEnd.Done<>(new PartitionStep(work, new MapStateStore(agents), moment)
                .run(intake, attempt, aside -> letGo(moment, aside)));
    }

    private void letGo(Moment moment, AgentGroups.Aside aside) {
        if (idle != null) {
            idle.letGo(moment, (key, gone) -> {
                AgentKey agent = AgentKey.parse(key, work.inference().fleet());
                aside.evicted(agent.model(), agent.agent(), gone);
            });
        }
    }

    /** Agents in Spark's state. */
    private record MapStateStore(MapState<String, byte[]> agents) implements AgentStore {
        @Override
        public Optional<AgentEntry> get(String key) {
            return Optional.ofNullable(agents.getValue(key)).map(AgentEntry::decode);
        }

        @Override
        public void put(String key, AgentEntry entry) {
            agents.updateValue(key, entry.encode());
        }

        @Override
        public void remove(String key) {
            agents.removeKey(key);
        }
    }
}
