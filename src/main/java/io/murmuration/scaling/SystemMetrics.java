package io.murmuration.scaling;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Measures the machine and this process: processor, memory, load, disk and network. Rates are those since the reading
 * before, so that the first has none. What cannot be read, here or on this system, is absent. Safe for use by several
 * threads.
 *
 * <p>It reads the JDK's platform bean and, on Linux, {@code /proc}. OSHI would read more systems, but rests on JNA, whose
 * native part is bound to its package's name: it cannot be relocated into the jar that applications take along.
 */
public final class SystemMetrics implements MetricsCollector {
    private static final double KIBIBYTE = 1024;
    private static final double MEBIBYTE = KIBIBYTE * 1024;
    private static final double GIBIBYTE = MEBIBYTE * 1024;
    /** What the kernel counts sectors in, whatever the disk's are (Documentation/block/stat.rst). */
    private static final double SECTOR = 512;

    private static final Pattern SPACE = Pattern.compile("[\\s:]+");
    /** Devices that are not disks but stand on some, or on memory. */
    private static final Pattern VIRTUAL_DISK = Pattern.compile("(loop|ram|zram|dm-|md|sr|fd)\\d.*");

    private final Path root;
    private final OperatingSystemMXBean bean;
    private final Rate disk = new Rate();
    private final Rate network = new Rate();

    /** Made at the first use. */
    private static final class ThisMachine {
        private static final SystemMetrics INSTANCE = new SystemMetrics(Path.of("/"), platformBean());
    }

    SystemMetrics(Path root, OperatingSystemMXBean bean) {
        this.root = root;
        this.bean = bean;
    }

    /** The one collector that all callers of this process share, with one reading before. */
    public static SystemMetrics ofThisMachine() {
        return ThisMachine.INSTANCE;
    }

    /** A collector with readings of its own. */
    public static SystemMetrics create() {
        return new SystemMetrics(Path.of("/"), platformBean());
    }

    private static OperatingSystemMXBean platformBean() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    }

    @Override
    public synchronized void addTo(ResourceMetrics.Builder metrics) {
        addProcessor(metrics);
        addMemory(metrics);
        addLoad(metrics);
        metrics.with(Metric.DISK_BYTES, disk.next(metrics.timestamp(), diskBytes()));
        metrics.with(Metric.NETWORK_BYTES, network.next(metrics.timestamp(), networkBytes()));
    }

    private void addProcessor(ResourceMetrics.Builder metrics) {
        double load = bean.getCpuLoad();
        if (load >= 0) {
            metrics.with(Metric.CPU_PERCENT, 100 * load);
        }
    }

    private void addMemory(ResourceMetrics.Builder metrics) {
        double total = bean.getTotalMemorySize();
        double available = available(total);
        if (total > 0) {
            metrics.with(Metric.MEMORY_PERCENT, 100 * (total - available) / total)
                    .with(Metric.MEMORY_AVAILABLE, available / GIBIBYTE);
        }
        field("proc/self/status", "VmRSS", 1)
                .ifPresent(kibibytes -> metrics.with(Metric.PROCESS_MEMORY, kibibytes * KIBIBYTE / MEBIBYTE));
    }

    /**
     * Bytes that can be had. The kernel counts caches that it can drop; the bean counts free memory alone, but knows the
     * limit of a container, which the kernel's figure does not.
     */
    private double available(double total) {
        OptionalDouble kernelTotal = field("proc/meminfo", "MemTotal", 1);
        OptionalDouble kernelAvailable = field("proc/meminfo", "MemAvailable", 1);
        boolean wholeMachine = kernelTotal.isPresent() && kernelTotal.getAsDouble() * KIBIBYTE <= total;
        return wholeMachine && kernelAvailable.isPresent()
                ? kernelAvailable.getAsDouble() * KIBIBYTE
                : bean.getFreeMemorySize();
    }

    private void addLoad(ResourceMetrics.Builder metrics) {
        Optional<String[]> averages = lines("proc/loadavg").stream().findFirst().map(SPACE::split);
        if (averages.isPresent() && averages.get().length >= 3) {
            metrics.with(Metric.SYSTEM_LOAD_1M, number(averages.get()[0]))
                    .with(Metric.SYSTEM_LOAD_5M, number(averages.get()[1]))
                    .with(Metric.SYSTEM_LOAD_15M, number(averages.get()[2]));
        } else if (bean.getSystemLoadAverage() >= 0) {
            metrics.with(Metric.SYSTEM_LOAD_1M, bean.getSystemLoadAverage());
        }
    }

    /** Bytes read and written so far, of all whole disks: a partition is counted with its disk. */
    private OptionalDouble diskBytes() {
        return sum(
                lines("proc/diskstats").stream()
                        .map(line -> SPACE.split(line.strip()))
                        .filter(fields -> fields.length > 9 && isDisk(fields[2]))
                        .map(fields -> sumOf(fields[5], fields[9]))
                        .toList(),
                SECTOR);
    }

    private boolean isDisk(String device) {
        return !VIRTUAL_DISK.matcher(device).matches() && Files.isDirectory(root.resolve("sys/block/" + device));
    }

    /** Bytes received and sent so far, of all interfaces but the loopback. */
    private OptionalDouble networkBytes() {
        return sum(
                lines("proc/net/dev").stream()
                        .map(line -> SPACE.split(line.strip()))
                        .filter(fields -> fields.length > 9 && !fields[0].equals("lo") && !fields[0].contains("|"))
                        .filter(fields -> number(fields[1]).isPresent())
                        .map(fields -> sumOf(fields[1], fields[9]))
                        .toList(),
                1);
    }

    private static OptionalDouble sumOf(String first, String second) {
        OptionalDouble a = number(first);
        OptionalDouble b = number(second);
        return a.isPresent() && b.isPresent()
                ? OptionalDouble.of(a.getAsDouble() + b.getAsDouble())
                : OptionalDouble.empty();
    }

    /** The sum where there is anything to sum. */
    private static OptionalDouble sum(List<OptionalDouble> counts, double unit) {
        return counts.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(unit
                        * counts.stream()
                                .flatMapToDouble(OptionalDouble::stream)
                                .sum());
    }

    /** A number in the line that begins with a name. */
    private OptionalDouble field(String file, String name, int index) {
        return lines(file).stream()
                .map(SPACE::split)
                .filter(fields -> fields[0].equals(name) && fields.length > index)
                .findFirst()
                .map(fields -> number(fields[index]))
                .orElse(OptionalDouble.empty());
    }

    private static OptionalDouble number(String text) {
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** The lines of a file; none where there is no such file or it may not be read, which makes its metrics absent. */
    private List<String> lines(String file) {
        try (Stream<String> lines = Files.lines(root.resolve(file))) {
            return lines.toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
