package io.murmuration.scaling.spark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.AtomicLong;

/** Adds up the processor time of the autoscaler's own work, on whatever threads it is done. */
final class OwnTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final AtomicLong nanos = new AtomicLong();

    /** Does something and adds the processor time that it took the present thread. */
    void of(Runnable work) {
        long before = now();
        try {
            work.run();
        } finally {
            nanos.addAndGet(now() - before);
        }
    }

    /** In seconds, since the start; 0 where the JVM cannot tell. */
    double seconds() {
        return nanos.get() / 1e9;
    }

    private static long now() {
        return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : 0;
    }
}
