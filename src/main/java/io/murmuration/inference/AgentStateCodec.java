package io.murmuration.inference;

import java.nio.ByteBuffer;

/**
 * The bytes of an {@link AgentState}: one byte of version, the steps, then each array behind its length, big-endian.
 * Doubles are kept bit by bit, so that going on from bytes is going on.
 */
public final class AgentStateCodec {
    /** The version that is written. */
    public static final byte VERSION = 1;

    private AgentStateCodec() {}

    public static byte[] encode(AgentState state) {
        double[][] arrays = {state.filter(), state.action(), state.increments(), state.counts()};
        int size = 1 + Long.BYTES;
        for (double[] array : arrays) {
            size += Integer.BYTES + array.length * Double.BYTES;
        }
        ByteBuffer bytes = ByteBuffer.allocate(size).put(VERSION).putLong(state.steps());
        for (double[] array : arrays) {
            bytes.putInt(array.length);
            for (double value : array) {
                bytes.putDouble(value);
            }
        }
        return bytes.array();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws IllegalArgumentException if the bytes are of another version or cut
     */
    public static AgentState decode(byte[] encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        if (!bytes.hasRemaining() || bytes.get() != VERSION) {
            throw new IllegalArgumentException("The state is of version " + (encoded.length == 0 ? "none" : encoded[0])
                    + ", but this program reads version " + VERSION);
        }
        try {
            return new AgentState(bytes.getLong(), array(bytes), array(bytes), array(bytes), array(bytes));
        } catch (java.nio.BufferUnderflowException e) {
            throw new IllegalArgumentException("The state is cut after " + encoded.length + " bytes", e);
        }
    }

    private static double[] array(ByteBuffer bytes) {
        int length = bytes.getInt();
        if (length < 0 || length > bytes.remaining() / Double.BYTES) {
            throw new java.nio.BufferUnderflowException();
        }
        double[] array = new double[length];
        for (int i = 0; i < length; i++) {
            array[i] = bytes.getDouble();
        }
        return array;
    }
}
