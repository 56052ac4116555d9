package io.murmuration.environment;

import io.murmuration.inference.Draws;

/**
 * The draws of a world. Its seed differs from the agents', so that chance in the world and chance in their choices have
 * nothing to do with each other.
 */
record WorldDraws(long seed) {
    static WorldDraws of(long seed) {
        return new WorldDraws(Draws.bits(seed, 0x776F726C64L, 0, 0));
    }

    double uniform(long key, long step, int index) {
        return Draws.uniform(seed, key, step, index);
    }

    double normal(long key, long step, int index) {
        return Draws.normal(seed, key, step, index);
    }
}
