package io.murmuration.scaling;

import static io.murmuration.scaling.VirtualClock.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemMetricsTest {
    private static final OperatingSystemMXBean BEAN = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    @TempDir
    private Path root;

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void counters(long sectorsRead, long sectorsWritten, long received, long sent) throws IOException {
        write(
                "proc/diskstats",
                "   7       0 loop0 9 0 99 0 9 0 99 0 0 0 0\n"
                        + " 254       0 vda 10 0 %d 3 10 0 %d 5 0 8 9\n".formatted(sectorsRead, sectorsWritten)
                        + " 254       1 vda1 10 0 %d 3 10 0 %d 5 0 8 9\n".formatted(sectorsRead, sectorsWritten));
        write(
                "proc/net/dev",
                "Inter-|   Receive                            |  Transmit\n"
                        + " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs\n"
                        + "    lo: 999 9 0 0 0 0 0 0 999 9 0 0 0 0 0 0\n"
                        + "  eth0:%d 9 0 0 0 0 0 0 %d 9 0 0 0 0 0 0\n".formatted(received, sent));
    }

    @Test
    void ratesAreThoseSinceTheReadingBefore() throws IOException {
        Files.createDirectories(root.resolve("sys/block/vda"));
        Files.createDirectories(root.resolve("sys/block/loop0"));
        SystemMetrics collector = new SystemMetrics(root, BEAN);
        counters(100, 50, 1000, 500);
        ResourceMetrics first = collector.collect(NOON);
        assertEquals(OptionalDouble.empty(), first.get(Metric.DISK_BYTES));
        assertEquals(OptionalDouble.empty(), first.get(Metric.NETWORK_BYTES));
        counters(140, 70, 4000, 1500);
        ResourceMetrics second = collector.collect(NOON.plusSeconds(10));
        // (40 + 20) sectors of 512 bytes, and 3000 + 1000 bytes, in 10 s
        assertEquals(OptionalDouble.of(3072), second.get(Metric.DISK_BYTES));
        assertEquals(OptionalDouble.of(400), second.get(Metric.NETWORK_BYTES));
    }

    @Test
    void aCounterThatBeganAnewHasNoRate() {
        Rate rate = new Rate();
        assertEquals(OptionalDouble.empty(), rate.next(NOON, OptionalDouble.of(5)));
        assertEquals(OptionalDouble.empty(), rate.next(NOON.plusSeconds(1), OptionalDouble.of(3)));
        assertEquals(OptionalDouble.of(2), rate.next(NOON.plusSeconds(2), OptionalDouble.of(5)));
        assertEquals(OptionalDouble.empty(), rate.next(NOON.plusSeconds(2), OptionalDouble.of(7)), "no time passed");
        assertEquals(OptionalDouble.empty(), rate.next(NOON.plusSeconds(3), OptionalDouble.empty()));
        assertEquals(OptionalDouble.empty(), rate.next(NOON.plusSeconds(4), OptionalDouble.of(9)));
    }

    @Test
    void loadAndProcessMemoryAreRead() throws IOException {
        write("proc/loadavg", "19.61 14.21 9.21 26/523 22863\n");
        write("proc/self/status", "Name:\tjava\nVmRSS:\t    2048 kB\n");
        ResourceMetrics metrics = new SystemMetrics(root, BEAN).collect(NOON);
        assertEquals(OptionalDouble.of(19.61), metrics.get(Metric.SYSTEM_LOAD_1M));
        assertEquals(OptionalDouble.of(14.21), metrics.get(Metric.SYSTEM_LOAD_5M));
        assertEquals(OptionalDouble.of(9.21), metrics.get(Metric.SYSTEM_LOAD_15M));
        assertEquals(OptionalDouble.of(2), metrics.get(Metric.PROCESS_MEMORY));
    }

    @Test
    void whatCannotBeReadIsAbsent() throws IOException {
        write("proc/loadavg", "broken\n");
        write("proc/self/status", "VmRSS:\tmuch\n");
        ResourceMetrics metrics = new SystemMetrics(root, BEAN).collect(NOON);
        for (Metric metric : List.of(
                Metric.SYSTEM_LOAD_5M,
                Metric.SYSTEM_LOAD_15M,
                Metric.PROCESS_MEMORY,
                Metric.DISK_BYTES,
                Metric.NETWORK_BYTES)) {
            assertFalse(metrics.get(metric).isPresent(), metric.key());
        }
        assertTrue(metrics.toMap().containsKey("avg_response_time"));
    }

    @Test
    void theRealMachineIsRead() {
        assumeTrue(Files.exists(Path.of("/proc/loadavg")), "there is no /proc here");
        ResourceMetrics metrics = ResourceMetrics.collectSystemMetrics();
        double memory = metrics.get(Metric.MEMORY_PERCENT).orElseThrow();
        assertTrue(memory > 0 && memory < 100, () -> "memory " + memory);
        assertTrue(metrics.get(Metric.PROCESS_MEMORY).orElseThrow() > 1);
        assertTrue(metrics.get(Metric.SYSTEM_LOAD_1M).orElseThrow() >= 0);
        assertFalse(metrics.get(Metric.RESPONSE_TIME).isPresent());
        assertFalse(metrics.timestamp().isAfter(Instant.now()));
    }

    @Test
    void hooksAddToTheSameMetrics() {
        MetricsCollector hooks = MetricsCollector.all(List.of(
                metrics -> metrics.with(Metric.QUEUE_DEPTH, 3).with(Metric.LOAD, 1),
                metrics -> metrics.with(Metric.QUEUE_DEPTH, 4)));
        ResourceMetrics metrics = hooks.collect(NOON);
        assertEquals(OptionalDouble.of(4), metrics.get(Metric.QUEUE_DEPTH));
        assertEquals(OptionalDouble.of(1), metrics.get(Metric.LOAD));
    }
}
