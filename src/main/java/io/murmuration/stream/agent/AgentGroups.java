package io.murmuration.stream.agent;

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
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;

/**
 * Sorted rows, agent by agent, each agent's behind the state that it goes on from; and that state as it is when the rows
 * have been inferred.
 */
public final class AgentGroups implements Standings {
    private final List<KeyedRow> sorted;
    private final Set<KeyedRow> late;
    private final AgentStore agents;
    private final Moment moment;
    private final Fleet fleet;
    private final int columns;
    private final Map<String, Group> groups = new HashMap<>();

    /** Takes what does not go through the kernels. */
    public interface Aside {
        /** A row came before. */
        void duplicate();

        /** A row came too late. */
        void late(InternalRow raw, String reason);

        /** An agent is let go. */
        void evicted(int model, String agent, AgentEntry gone);
    }

    /** The rows of one agent. */
    private static final class Group {
        private final int from;
        private final int to;
        /** Where it stood; null if it is new. */
        private final AgentEntry before;
        /** Where it stands; null as long as none of its rows have been inferred. */
        private AgentEntry after;

        Group(int from, int to, AgentEntry before) {
            this.from = from;
            this.to = to;
            this.before = before;
        }
    }

    public AgentGroups(Intake intake, AgentStore agents, Moment moment, Fleet fleet, KeyedRows form) {
        sorted = intake.due();
        late = intake.late();
        this.agents = agents;
        this.moment = moment;
        this.fleet = fleet;
        columns = form.raw().size();
    }

    /** All rows that are to be inferred, with states before them. */
    public Iterator<InternalRow> rows(Aside aside) {
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
                Optional<AgentKey> key = key(first);
                if (key.isEmpty()) {
                    return null;
                }
                before = standing(key.get());
                groups.put(key.get().text(fleet), new Group(next, end, before));
                return before == null
                        ? null
                        : new GenericInternalRow(new Object[] {
                            first.model(), first.agent(), before.time(), AgentStateCodec.encode(before.state()), null
                        });
            }

            private AgentEntry standing(AgentKey key) {
                String text = key.text(fleet);
                AgentEntry entry = agents.get(text).orElse(null);
                if (entry == null || !moment.hasParted(entry)) {
                    return entry;
                }
                agents.remove(text);
                aside.evicted(key.model(), key.agent(), entry);
                return null;
            }

            private InternalRow row(KeyedRow row) {
                if (before != null && row.timed() && before.recent().holds(row.time(), row.digest(columns))) {
                    aside.duplicate();
                    return null;
                }
                if (late.contains(row)) {
                    aside.late(row.raw(columns), "The row came after the watermark (--watermark) had passed its time");
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
    private Optional<AgentKey> key(KeyedRow row) {
        int model = fleet.named()
                ? row.model() == null ? -1 : fleet.indexOf(row.model().toString())
                : 0;
        return row.agent() == null || model < 0
                ? Optional.empty()
                : Optional.of(new AgentKey(model, row.agent().toString()));
    }

    private Group group(int model, String agent) {
        return groups.get(new AgentKey(model, agent).text(fleet));
    }

    @Override
    public byte[] surprises(int model, String agent) {
        AgentEntry before = group(model, agent).before;
        return before == null ? AgentEntry.NO_SURPRISES : before.surprises();
    }

    /** Keeps the later one of two places where an agent stood when its rows were through: it began anew between them. */
    @Override
    public Optional<AgentEntry> ended(int model, String agent, long time, byte[] surprises, AgentState state) {
        Group group = group(model, agent);
        AgentEntry before = group.before;
        boolean noMore = before != null && before.time() == time;
        AgentEntry entry =
                noMore ? before : new AgentEntry(time, moment.millis(), recent(group, time), surprises, state);
        AgentEntry other = group.after;
        if (other != null && other.time() > time) {
            return Optional.of(entry);
        }
        group.after = entry;
        if (!noMore) {
            agents.put(new AgentKey(model, agent).text(fleet), entry);
        }
        return Optional.ofNullable(other);
    }

    /** The last rows of an agent up to a time. */
    private RecentRows recent(Group group, long time) {
        int end = group.to;
        while (sorted.get(end - 1).time() > time) {
            end--;
        }
        RecentRows recent = group.before == null ? RecentRows.NONE : group.before.recent();
        for (int i = Math.max(group.from, end - RecentRows.MOST); i < end; i++) {
            KeyedRow row = sorted.get(i);
            long digest = row.digest(columns);
            boolean later = group.before == null || row.time() > group.before.time();
            if (later && row.timed() && !recent.holds(row.time(), digest)) {
                recent = recent.plus(row.time(), digest);
            }
        }
        return recent;
    }
}
