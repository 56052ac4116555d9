package io.murmuration.scaling;

import java.time.Instant;

/**
 * A change of the number of instances that was carried out.
 *
 * @param at when
 * @param from instances asked for before
 * @param to instances asked for since
 */
public record ScaleAction(Instant at, int from, int to) {
    public boolean isUp() {
        return to > from;
    }
}
