package io.murmuration.stream.agent;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The last rows of an agent, by time and digest: a source that promises each row at least once brings not only the last of
 * them again.
 *
 * @param times ascending
 * @param digests of the rows as read, in the same order
 */
public record RecentRows(long[] times, int[] digests) {
    public static final RecentRows NONE = new RecentRows(new long[0], new int[0]);

    /** As many as the server knows again. */
    static final int MOST = 16;

    private static final int MOST_BYTES = 1 + MOST * (10 + Integer.BYTES);

    /** With one more, of a later time than all others. */
    RecentRows plus(long time, long digest) {
        int kept = Math.min(times.length, MOST - 1);
        int from = times.length - kept;
        long[] moreTimes = Arrays.copyOf(Arrays.copyOfRange(times, from, times.length), kept + 1);
        int[] moreDigests = Arrays.copyOf(Arrays.copyOfRange(digests, from, digests.length), kept + 1);
        moreTimes[kept] = time;
        moreDigests[kept] = (int) digest;
        return new RecentRows(moreTimes, moreDigests);
    }

    /** Whether an equal row is among them. */
    boolean holds(long time, long digest) {
        for (int i = times.length - 1; i >= 0 && times[i] >= time; i--) {
            if (times[i] == time && digests[i] == (int) digest) {
                return true;
            }
        }
        return false;
    }

    /** The latest first, each time as the distance to the one before, in as few bytes as it takes. */
    byte[] encode(long last) {
        ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES).put((byte) times.length);
        long later = last;
        for (int i = times.length - 1; i >= 0; i--) {
            long distance = later - times[i];
            while ((distance & ~0x7FL) != 0) {
                bytes.put((byte) (distance | 0x80));
                distance >>>= 7;
            }
            bytes.put((byte) distance).putInt(digests[i]);
            later = times[i];
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** Reads what {@link #encode} wrote. */
    static RecentRows decode(long last, ByteBuffer bytes) {
        int count = bytes.get();
        long[] times = new long[count];
        int[] digests = new int[count];
        long later = last;
        for (int i = count - 1; i >= 0; i--) {
            long distance = 0;
            int shift = 0;
            byte next = bytes.get();
            while (next < 0) {
                distance |= (next & 0x7FL) << shift;
                shift += 7;
                next = bytes.get();
            }
            times[i] = later - (distance | (long) next << shift);
            digests[i] = bytes.getInt();
            later = times[i];
        }
        return new RecentRows(times, digests);
    }
}
