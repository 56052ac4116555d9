package io.murmuration.scaling.spark;

import java.util.function.Consumer;

/** A sink whose failures end no tick: an outage is told when it begins and when it is over, however long it lasts. */
final class SteadySink implements TickSink {
    private final TickSink sink;
    private final Consumer<String> log;
    private int missed;

    /** @param log gets a sentence at the begin and at the end of each outage */
    SteadySink(TickSink sink, Consumer<String> log) {
        this.sink = sink;
        this.log = log;
    }

    @Override
    public String name() {
        return sink.name();
    }

    @Override
    public void accept(TickRecord tick) {
        try {
            sink.accept(tick);
        } catch (Exception e) {
            if (missed == 0) {
                log.accept(name() + " cannot be written: " + e + "; decisions go on");
            }
            missed++;
            return;
        }
        if (missed > 0) {
            log.accept(name() + " is written again; ticks that are missing: " + missed);
            missed = 0;
        }
    }
}
