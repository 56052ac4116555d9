package io.murmuration.jobs;

import io.murmuration.stream.StopRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Turns the signals by which a process is asked to end into a request to stop, so that what is under way is finished
 * first. The second one ends the process at once.
 */
final class StopSignals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);

    private record Replaced(Signal signal, SignalHandler handler) {}

    /** What a shell adds to the number of the signal that ended a process. */
    private static final int KILLED = 128;

    private final List<Replaced> replaced = new ArrayList<>();
    private final AtomicBoolean received = new AtomicBoolean();

    private StopSignals(StopRequest stop) {
        for (String name : List.of("TERM", "INT")) {
            Signal signal = new Signal(name);
            replaced.add(new Replaced(signal, Signal.handle(signal, caught -> received(caught, stop))));
        }
    }

    static StopSignals to(StopRequest stop) {
        return new StopSignals(stop);
    }

    private void received(Signal signal, StopRequest stop) {
        if (!received.compareAndSet(false, true)) {
            // An orderly exit would wait for what is under way.
            Runtime.getRuntime().halt(KILLED + signal.getNumber());
        }
        LOG.info("Received SIG{}: the micro-batch that is under way is finished first", signal.getName());
        Thread stopping = new Thread(
                () -> {
                    try {
                        stop.request();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "stop");
        stopping.setDaemon(true);
        stopping.start();
    }

    /** Leaves signals to whoever had them before. */
    @Override
    public void close() {
        replaced.forEach(before -> Signal.handle(before.signal(), before.handler()));
    }
}
