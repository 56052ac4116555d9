package io.murmuration.scaling.spark;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads what this JVM's process takes. */
final class ProcessProbe {
    private static final Path STATUS = Path.of("/proc/self/status");

    private final Path status;

    private ProcessProbe(Path status) {
        this.status = status;
    }

    static ProcessProbe ofThisProcess() {
        return new ProcessProbe(STATUS);
    }

    /** Processor time so far in seconds, NaN where the JVM cannot tell. */
    double cpuSeconds() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system) {
            long nanos = system.getProcessCpuTime();
            return nanos < 0 ? Double.NaN : nanos / 1e9;
        }
        return Double.NaN;
    }

    /** Time of garbage collections so far, in seconds. */
    double gcSeconds() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                        .filter(millis -> millis >= 0)
                        .sum()
                / 1e3;
    }

    MemoryUsage heap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    }

    /** Resident memory in bytes; NaN on other systems than Linux, which have no such file. */
    double residentBytes() {
        if (!Files.isReadable(status)) {
            return Double.NaN;
        }
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException unreadable) {
            return Double.NaN;
        }
    }
}
