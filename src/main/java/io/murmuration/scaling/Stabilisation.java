package io.murmuration.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows what was wished for throughout a window: up to the smallest wish of the one window, down to the largest of the
 * other. (The rule of the Kubernetes autoscaler's {@code behavior}, whose windows are 0 s up and 300 s down.) A wish holds
 * until the next one, so that the last one before a window counts in it; before the first there is the present number.
 */
final class Stabilisation implements Stage {
    private final Duration up;
    private final Duration down;
    /** Wishes that held in the longer window, oldest first. */
    private final List<Wished> wishes = new ArrayList<>();

    private record Wished(Instant at, int instances) {}

    Stabilisation(Duration up, Duration down) {
        this.up = up;
        this.down = down;
    }

    @Override
    public Proposal refine(Proposal proposal, Tick tick) {
        if (wishes.isEmpty()) {
            wishes.add(new Wished(tick.at(), tick.present()));
        }
        wishes.add(new Wished(tick.at(), proposal.instances()));
        while (!isWithin(up.compareTo(down) > 0 ? up : down, 0, tick)) {
            wishes.remove(0);
        }
        int smallest = Integer.MAX_VALUE;
        int largest = 0;
        for (int i = 0; i < wishes.size(); i++) {
            if (isWithin(up, i, tick)) {
                smallest = Math.min(smallest, wishes.get(i).instances());
            }
            if (isWithin(down, i, tick)) {
                largest = Math.max(largest, wishes.get(i).instances());
            }
        }
        return proposal.instances() > tick.present()
                ? proposal.atMost(
                        Math.max(tick.present(), smallest),
                        "stabilised: no more than " + smallest + " were wished for throughout " + text(up))
                : proposal.atLeast(
                        Math.min(tick.present(), largest),
                        "stabilised: " + largest + " were wished for within " + text(down));
    }

    /** Whether a wish held, if only for a moment, in a window that ends now; the latest one does. */
    private boolean isWithin(Duration window, int wish, Tick tick) {
        return wish + 1 == wishes.size()
                || wishes.get(wish + 1).at().isAfter(tick.at().minus(window));
    }

    private static String text(Duration window) {
        return DurationText.of(window);
    }

    @Override
    public void forget() {
        wishes.clear();
    }
}
