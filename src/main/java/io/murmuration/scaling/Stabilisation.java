package io.murmuration.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Follows what was wished for throughout a window: up to the smallest wish of the one window, down to the largest of the
 * other. (The rule of the Kubernetes autoscaler's {@code behavior}, whose windows are 0 s up and 300 s down.)
 */
final class Stabilisation implements Stage {
    private final Duration up;
    private final Duration down;
    /** Wishes of the longer window, oldest first. */
    private final Deque<Wished> wishes = new ArrayDeque<>();

    private record Wished(Instant at, int instances) {}

    Stabilisation(Duration up, Duration down) {
        this.up = up;
        this.down = down;
    }

    @Override
    public Proposal refine(Proposal proposal, Tick tick) {
        wishes.addLast(new Wished(tick.at(), proposal.instances()));
        Instant oldest = tick.at().minus(up.compareTo(down) > 0 ? up : down);
        while (wishes.getFirst().at().isBefore(oldest)) {
            wishes.removeFirst();
        }
        int smallest = Integer.MAX_VALUE;
        int largest = 0;
        for (Wished wish : wishes) {
            if (!wish.at().isBefore(tick.at().minus(up))) {
                smallest = Math.min(smallest, wish.instances());
            }
            if (!wish.at().isBefore(tick.at().minus(down))) {
                largest = Math.max(largest, wish.instances());
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

    private static String text(Duration window) {
        return DurationText.of(window);
    }

    @Override
    public void forget() {
        wishes.clear();
    }
}
