package io.murmuration.stream.agent;

import io.murmuration.batch.CallerException;
import io.murmuration.inference.AgentState;
import io.murmuration.inference.AgentStateCodec;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * What a stream keeps of one agent.
 *
 * @param time of its last observation, an integer or microseconds since the epoch
 * @param seenMillis when it was last heard of: the time of that micro-batch, in milliseconds since the epoch
 * @param recent its last rows as read: an equal row is the same one, come again
 * @param surprises what {@link Alerts} keeps of it; empty where there are no alerts
 * @param state what it takes to go on
 */
public record AgentEntry(long time, long seenMillis, RecentRows recent, byte[] surprises, AgentState state) {
    /** The version of the bytes that is written: a byte, both times, the recent rows, the surprises, the state. */
    static final byte VERSION = 2;
    /** What is kept of surprises where there are no alerts. */
    public static final byte[] NO_SURPRISES = {};
    /** A byte, the time, the digest of the last row, the state. */
    private static final byte WITHOUT_SURPRISES = 1;

    public byte[] encode() {
        byte[] rows = recent.encode(time);
        byte[] standing = AgentStateCodec.encode(state);
        return ByteBuffer.allocate(1 + 2 * Long.BYTES + rows.length + 1 + surprises.length + standing.length)
                .put(VERSION)
                .putLong(time)
                .putLong(seenMillis)
                .put(rows)
                .put((byte) surprises.length)
                .put(surprises)
                .put(standing)
                .array();
    }

    /**
     * Reads what {@link #encode} wrote, or an earlier version of it.
     *
     * @throws CallerException if the bytes are of another version or cut
     */
    public static AgentEntry decode(byte[] encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        try {
            byte version = bytes.get();
            if (version != VERSION && version != WITHOUT_SURPRISES) {
                throw new CallerException("The checkpoint keeps an agent in version " + version
                        + ", but this program reads versions " + WITHOUT_SURPRISES + " to " + VERSION
                        + ": go on with the program that wrote it");
            }
            long time = bytes.getLong();
            if (version == WITHOUT_SURPRISES) {
                RecentRows last = RecentRows.NONE.plus(time, bytes.getLong());
                return new AgentEntry(time, 0, last, NO_SURPRISES, state(bytes));
            }
            long seenMillis = bytes.getLong();
            RecentRows recent = RecentRows.decode(time, bytes);
            byte[] surprises = new byte[bytes.get()];
            bytes.get(surprises);
            return new AgentEntry(time, seenMillis, recent, surprises, state(bytes));
        } catch (BufferUnderflowException e) {
            throw new CallerException(
                    "The checkpoint keeps an agent in bytes that are cut after " + encoded.length + " of them");
        } catch (IllegalArgumentException e) {
            throw new CallerException("The checkpoint keeps an agent that cannot be read: " + e.getMessage());
        }
    }

    private static AgentState state(ByteBuffer bytes) {
        byte[] rest = new byte[bytes.remaining()];
        bytes.get(rest);
        return AgentStateCodec.decode(rest);
    }
}
