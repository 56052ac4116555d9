package io.murmuration.stream;

import io.murmuration.stream.agent.AgentEntry;
import io.murmuration.stream.agent.Moment;
import io.murmuration.stream.agent.TimeToLive;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.streaming.MapState;
import org.apache.spark.sql.streaming.StatefulProcessorHandle;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.ValueState;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/** Looks through the agents of a state partition from time to time, woken by a timer, and lets go of those that are idle. */
final class IdleAgents {
    private final MapState<String, byte[]> agents;
    private final StatefulProcessorHandle handle;
    private final ValueState<Long> nextScan;

    IdleAgents(MapState<String, byte[]> agents, StatefulProcessorHandle handle) {
        this.agents = agents;
        this.handle = handle;
        nextScan = handle.getValueState("next-scan", Encoders.LONG(), TTLConfig.NONE());
    }

    /** Lets go of idle agents, if it is time to look for them; takes the keys of those, and where they stood. */
    void letGo(Moment moment, BiConsumer<String, AgentEntry> evicted) {
        TimeToLive timeToLive = moment.timeToLive().orElseThrow();
        long now = moment.nowMicros();
        boolean scheduled = nextScan.exists();
        if (now == Long.MIN_VALUE || (scheduled && now < nextScan.get())) {
            return;
        }
        if (scheduled) {
            List<Tuple2<String, AgentEntry>> idle = new ArrayList<>();
            CollectionConverters.asJava(agents.iterator()).forEachRemaining(agent -> {
                AgentEntry entry = AgentEntry.decode(agent._2());
                if (timeToLive.isOver(entry, now)) {
                    idle.add(new Tuple2<>(agent._1(), entry));
                }
            });
            idle.forEach(agent -> {
                agents.removeKey(agent._1());
                evicted.accept(agent._1(), agent._2());
            });
        }
        long next = timeToLive.nextScan(now);
        nextScan.update(next);
        handle.registerTimer(Watermark.timer(next));
    }
}
