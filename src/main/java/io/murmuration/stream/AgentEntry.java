package io.murmuration.stream;

import io.murmuration.inference.AgentState;
import io.murmuration.inference.AgentStateCodec;
import java.nio.ByteBuffer;

/**
 * What a stream keeps of one agent.
 *
 * @param time of its last observation, an integer or microseconds since the epoch
 * @param digest of that row as read: an equal row is the same one, come again
 * @param state what it takes to go on
 */
record AgentEntry(long time, long digest, AgentState state) {
    /** The version of the bytes that is written. */
    static final byte VERSION = 1;

    private static final int HEADER = 1 + 2 * Long.BYTES;

    byte[] encode() {
        byte[] bytes = AgentStateCodec.encode(state);
        return ByteBuffer.allocate(HEADER + bytes.length)
                .put(VERSION)
                .putLong(time)
                .putLong(digest)
                .put(bytes)
                .array();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws IllegalArgumentException if the bytes are of another version or cut
     */
    static AgentEntry decode(byte[] encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        if (encoded.length < HEADER || encoded[0] != VERSION) {
            throw new IllegalArgumentException("The entry of an agent is of version "
                    + (encoded.length == 0 ? "none" : encoded[0]) + ", but this program reads version " + VERSION);
        }
        bytes.get();
        long time = bytes.getLong();
        long digest = bytes.getLong();
        byte[] state = new byte[bytes.remaining()];
        bytes.get(state);
        return new AgentEntry(time, digest, AgentStateCodec.decode(state));
    }
}
