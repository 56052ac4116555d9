package io.murmuration.inference;

import java.nio.charset.StandardCharsets;

/**
 * Counter-based random numbers: a draw is a pure function of (seed, agent, time, index). No generator has state, so that a
 * draw is the same wherever, and however often, it is made.
 *
 * <p>The function is Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"): the counter is
 * the agent's key and the time, the key is the seed and the index.
 */
public final class Draws {
    private static final int MULTIPLIER_0 = 0xD2511F53;
    private static final int MULTIPLIER_1 = 0xCD9E8D57;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int ROUNDS = 10;
    private static final long MASK = 0xFFFFFFFFL;

    private Draws() {}

    /** A key of 64 bits for an agent's id: FNV-1a over its UTF-8 bytes, mixed by the finaliser of SplitMix64. */
    public static long agentKey(String agentId) {
        long hash = 0xCBF29CE484222325L;
        for (byte b : agentId.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
        }
        return mix(hash);
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    /** 64 random bits. */
    public static long bits(long seed, long agentKey, long time, int index) {
        long key = mix(seed + 0x9E3779B97F4A7C15L * (index + 1L));
        return philox((int) agentKey, (int) (agentKey >>> 32), (int) time, (int) (time >>> 32), (int) key, (int)
                (key >>> 32));
    }

    /** A uniform number in [0, 1), a multiple of 2⁻⁵³. */
    public static double uniform(long seed, long agentKey, long time, int index) {
        return (bits(seed, agentKey, time, index) >>> 11) * 0x1p-53;
    }

    /** A standard normal number (Box and Muller 1958). */
    public static double normal(long seed, long agentKey, long time, int index) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform(seed, agentKey, time, 2 * index)));
        return radius * StrictMath.cos(2 * Math.PI * uniform(seed, agentKey, time, 2 * index + 1));
    }

    /** The first two words of a block, the first in the low half. */
    static long philox(int c0, int c1, int c2, int c3, int k0, int k1) {
        int x0 = c0;
        int x1 = c1;
        int x2 = c2;
        int x3 = c3;
        int key0 = k0;
        int key1 = k1;
        for (int round = 0; round < ROUNDS; round++) {
            long p0 = (MULTIPLIER_0 & MASK) * (x0 & MASK);
            long p1 = (MULTIPLIER_1 & MASK) * (x2 & MASK);
            x0 = (int) (p1 >>> 32) ^ x1 ^ key0;
            x1 = (int) p1;
            x2 = (int) (p0 >>> 32) ^ x3 ^ key1;
            x3 = (int) p0;
            key0 += WEYL_0;
            key1 += WEYL_1;
        }
        return ((long) x1 << 32) | (x0 & MASK);
    }
}
