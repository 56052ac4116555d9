package io.murmuration.scaling.spark;

import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part in each executor: tells the driver of its process at regular times, and measures how long the answer takes. */
final class HeartbeatPlugin implements ExecutorPlugin {
    /** The key under which the driver passes on milliseconds from one heartbeat to the next. */
    static final String INTERVAL = "heartbeatMillis";

    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatPlugin.class);

    private final ProcessProbe probe = ProcessProbe.ofThisProcess();
    private final OwnTime ownTime = new OwnTime();
    private PluginContext context;
    private ScheduledExecutorService thread;
    private double roundTripSeconds = Double.NaN;

    @Override
    public void init(PluginContext pluginContext, Map<String, String> settings) {
        context = pluginContext;
        thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread daemon = new Thread(work, "murmuration-heartbeat");
            daemon.setDaemon(true);
            return daemon;
        });
        long millis = Long.parseLong(settings.get(INTERVAL));
        // What it does never throws, so that its future tells nothing.
        var unused = thread.scheduleWithFixedDelay(() -> ownTime.of(this::beat), millis, millis, TimeUnit.MILLISECONDS);
    }

    private void beat() {
        MemoryUsage heap = probe.heap();
        long begin = System.nanoTime();
        try {
            context.ask(new Heartbeat(
                    context.executorID(),
                    System.currentTimeMillis(),
                    probe.cpuSeconds(),
                    probe.gcSeconds(),
                    heap.getUsed(),
                    heap.getMax(),
                    probe.residentBytes(),
                    roundTripSeconds,
                    ownTime.seconds()));
            roundTripSeconds = (System.nanoTime() - begin) / 1e9;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (Exception unreachable) {
            // The driver takes this executor's figures for absent; whether it lives is Spark's own heartbeat's matter.
            roundTripSeconds = Double.NaN;
            LOG.warn("The driver did not answer a heartbeat", unreachable);
        }
    }

    @Override
    public void shutdown() {
        thread.shutdownNow();
    }
}
