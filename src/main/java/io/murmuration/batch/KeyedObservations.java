package io.murmuration.batch;

import io.murmuration.batch.ObservationBatch.Resumed;
import io.murmuration.batch.Rejection.Code;
import io.murmuration.inference.AgentState;
import io.murmuration.inference.AgentStateCodec;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Sorted rows as observations of one key each: rows that cannot be used are rejected, equal rows of a key become one,
 * rows of a key that differ are all rejected.
 */
final class KeyedObservations implements ObservationCursor {
    private final Iterator<InternalRow> rows;
    private final RowDecoder decoder;
    private final InferenceSink sink;
    private final TimeType timeType;

    /** The observation that is current, and the one after it, which had to be read to know that the first is alone. */
    private Entry current = new Entry();

    private Entry next = new Entry();
    private boolean hasNext;
    private UTF8String resumedAgent = UTF8String.EMPTY_UTF8;
    private int resumedModel = -1;
    private long resumedTime;
    private UTF8String lastAgent = UTF8String.EMPTY_UTF8;
    private int lastModel = -1;
    private long lastTime;

    /** One decoded row. */
    private static final class Entry {
        private int model;
        private UTF8String agent = UTF8String.EMPTY_UTF8;
        private String agentText = "";
        private long time;
        private Optional<Resumed> resumed = Optional.empty();
        private double[] observation = {};
        private double[] action = {};
        /** A buffer that is used again and again: most rows are never rejected. */
        private final UnsafeRow raw = UnsafeRow.createFromByteArray(256, KeyedRows.RAW + 1);

        private boolean sameKey(Entry that) {
            return time == that.time
                    && model == that.model
                    && resumed.isEmpty()
                    && that.resumed.isEmpty()
                    && agent.equals(that.agent);
        }

        private boolean sameValues(Entry that) {
            return Arrays.equals(observation, that.observation) && Arrays.equals(action, that.action);
        }
    }

    KeyedObservations(Iterator<InternalRow> rows, RowDecoder decoder, InferenceSink sink, TimeType timeType) {
        this.rows = rows;
        this.decoder = decoder;
        this.sink = sink;
        this.timeType = timeType;
        hasNext = readNext();
    }

    @Override
    public int model() {
        return current.model;
    }

    @Override
    public String agent() {
        return current.agentText;
    }

    @Override
    public long time() {
        return current.time;
    }

    @Override
    public Optional<Resumed> resumed() {
        return current.resumed;
    }

    @Override
    public boolean begins() {
        return false;
    }

    @Override
    public double[] observation() {
        return current.observation;
    }

    @Override
    public double[] action() {
        return current.action;
    }

    @Override
    public void reject(Rejection rejection) {
        sink.rejected(decoder.raw(current.raw), rejection);
    }

    @Override
    public boolean advance() {
        while (hasNext) {
            Entry candidate = next;
            next = current;
            current = candidate;
            hasNext = readNext();
            if (!hasNext || !current.sameKey(next) || settle()) {
                return true;
            }
        }
        return false;
    }

    /** Settles rows of one key; false where they contradict each other and all are rejected. */
    private boolean settle() {
        // Rows as read, which may say the same in different words, and how often each.
        Map<UnsafeRow, Integer> equal = new LinkedHashMap<>();
        equal.put(current.raw.copy(), 1);
        int count = 1;
        boolean conflict = false;
        while (hasNext && current.sameKey(next)) {
            conflict |= !current.sameValues(next);
            equal.merge(next.raw.copy(), 1, Integer::sum);
            count++;
            hasNext = readNext();
        }
        if (!conflict) {
            for (int i = 1; i < count; i++) {
                sink.duplicate();
            }
            return true;
        }
        Rejection rejection = new Rejection(
                Code.CONFLICTING_ROWS,
                "Agent \"" + current.agentText + "\" has rows at " + timeType.show(current.time) + " that differ");
        equal.forEach((raw, times) -> {
            for (int i = 0; i < times; i++) {
                sink.rejected(decoder.raw(raw), rejection);
            }
        });
        return false;
    }

    /** Reads into {@link #next} until a row can be used. */
    private boolean readNext() {
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            try {
                decode(row);
                return true;
            } catch (RejectedRowException e) {
                sink.rejected(decoder.raw(row), e.rejection());
            }
        }
        return false;
    }

    private void decode(InternalRow row) throws RejectedRowException {
        if (!row.isNullAt(KeyedRows.STATE)) {
            decodeState(row);
            return;
        }
        decoder.checkKey(row);
        int model = decoder.model(row);
        takeAgent(row, model);
        next.time = row.getLong(KeyedRows.TIME);
        next.resumed = Optional.empty();
        checkOrder();
        if (model == resumedModel && next.time <= resumedTime && next.agent.equals(resumedAgent)) {
            throw new RejectedRowException(
                    Code.LATE,
                    next.time == resumedTime
                            ? "Agent \"" + next.agentText + "\" has had a row of " + timeType.show(resumedTime)
                            : "Agent \"" + next.agentText + "\" goes on after " + timeType.show(resumedTime)
                                    + ", but the row is of " + timeType.show(next.time));
        }
        next.observation = copy(decoder.observation(row, model), next.observation);
        next.action = copy(decoder.action(row, model), next.action);
        next.raw.copyFrom((UnsafeRow) row);
    }

    /** Rows that were not sorted here may be out of order, if the caller was wrong to say that they are not. */
    private void checkOrder() {
        boolean same = next.model == lastModel && next.agent.equals(lastAgent);
        if (same && next.time < lastTime) {
            throw new CallerException("The input is not clustered (--clustered): agent \"" + next.agentText
                    + "\" has a row at " + timeType.show(next.time) + " behind the one at " + timeType.show(lastTime));
        }
        lastModel = next.model;
        lastAgent = next.agent;
        lastTime = next.time;
    }

    private void decodeState(InternalRow row) throws RejectedRowException {
        int model = decoder.model(row);
        takeAgent(row, model);
        if (row.isNullAt(KeyedRows.TIME)) {
            throw new CallerException("The state of agent \"" + next.agentText
                    + "\" (--initial) is of a time of another type than that of the observations");
        }
        resumedAgent = next.agent;
        resumedModel = model;
        resumedTime = row.getLong(KeyedRows.TIME);
        next.time = resumedTime;
        next.resumed = Optional.of(new Resumed(resumedTime, state(row)));
    }

    private AgentState state(InternalRow row) {
        try {
            return AgentStateCodec.decode(row.getBinary(KeyedRows.STATE));
        } catch (IllegalArgumentException e) {
            throw new CallerException(
                    "The state of agent \"" + next.agentText + "\" (--initial) cannot be read: " + e.getMessage());
        }
    }

    private void takeAgent(InternalRow row, int model) {
        UTF8String agent = row.getUTF8String(KeyedRows.AGENT);
        next.model = model;
        if (agent.equals(current.agent)) {
            next.agent = current.agent;
            next.agentText = current.agentText;
        } else if (!agent.equals(next.agent)) {
            next.agent = agent.copy();
            next.agentText = agent.toString();
        }
    }

    private static double[] copy(double[] source, double[] target) {
        if (target.length != source.length) {
            return source.clone();
        }
        System.arraycopy(source, 0, target, 0, source.length);
        return target;
    }
}
