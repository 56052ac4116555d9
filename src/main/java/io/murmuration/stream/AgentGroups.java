package io.murmuration.stream;

import io.murmuration.batch.Fleet;
import io.murmuration.batch.KeyedRows;
import io.murmuration.inference.AgentState;
import io.murmuration.inference.AgentStateCodec;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.streaming.MapState;

/**
 * Sorted rows, agent by agent, each agent's behind the state that it goes on from; and that state as it is when the rows
 * have been inferred.
 */
final class AgentGroups {
    private final List<KeyedRow> sorted;
    private final MapState<String, byte[]> agents;
    private final Fleet fleet;
    private final int columns;
    private final Map<String, Group> groups = new HashMap<>();

    /**
     * The rows of one agent.
     *
     * @param from place of its first row
     * @param to behind its last row
     * @param before where it stood; null if it is new
     */
    private record Group(int from, int to, AgentEntry before) {}

    AgentGroups(List<KeyedRow> sorted, MapState<String, byte[]> agents, Fleet fleet, KeyedRows form) {
        this.sorted = sorted;
        this.agents = agents;
        this.fleet = fleet;
        columns = form.raw().size();
    }

    /**
     * All rows, with states before them.
     *
     * @param duplicate is told of a row that came in a micro-batch before and is left out
     */
    Iterator<InternalRow> rows(Runnable duplicate) {
        return new Iterator<>() {
            private int next;
            private int end;
            private AgentEntry before;
            private InternalRow ready;

            @Override
            public boolean hasNext() {
                while (ready == null && next < sorted.size()) {
                    if (next == end) {
                        ready = begin();
                    } else {
                        ready = row(sorted.get(next++));
                    }
                }
                return ready != null;
            }

            /** The state of the next agent, if it has one. */
            private InternalRow begin() {
                KeyedRow first = sorted.get(next);
                end = next + 1;
                while (end < sorted.size() && sorted.get(end).isOfSameAgent(first)) {
                    end++;
                }
                before = null;
                Optional<String> key = key(first);
                if (key.isEmpty()) {
                    return null;
                }
                byte[] entry = agents.getValue(key.get());
                before = entry == null ? null : AgentEntry.decode(entry);
                groups.put(key.get(), new Group(next, end, before));
                return before == null
                        ? null
                        : new GenericInternalRow(new Object[] {
                            first.model(), first.agent(), before.time(), AgentStateCodec.encode(before.state()), null
                        });
            }

            private InternalRow row(KeyedRow row) {
                if (before != null
                        && row.timed()
                        && row.time() == before.time()
                        && row.digest(columns) == before.digest()) {
                    duplicate.run();
                    return null;
                }
                return row.row();
            }

            @Override
            public InternalRow next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                InternalRow row = ready;
                ready = null;
                return row;
            }
        };
    }

    /** Empty for a row that will be rejected, since it names no agent or no model of the fleet. */
    private Optional<String> key(KeyedRow row) {
        int model = fleet.named()
                ? row.model() == null ? -1 : fleet.indexOf(row.model().toString())
                : 0;
        return row.agent() == null || model < 0
                ? Optional.empty()
                : Optional.of(new AgentKey(model, row.agent().toString()).text(fleet));
    }

    /** Keeps where an agent stands after its rows. */
    void ended(int model, String agent, long time, AgentState state) {
        String key = new AgentKey(model, agent).text(fleet);
        Group group = groups.get(key);
        if (group.before() != null && group.before().time() == time) {
            return;
        }
        agents.updateValue(key, new AgentEntry(time, digest(group, time), state).encode());
    }

    private long digest(Group group, long time) {
        for (int i = group.to() - 1; i >= group.from(); i--) {
            KeyedRow row = sorted.get(i);
            if (row.timed() && row.time() == time) {
                return row.digest(columns);
            }
        }
        throw new IllegalStateException("No row of the agent has the time of its last observation");
    }
}
