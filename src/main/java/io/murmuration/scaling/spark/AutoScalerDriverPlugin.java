package io.murmuration.scaling.spark;

import io.murmuration.scaling.AutoScaler;
import io.murmuration.scaling.RollingForecast;
import io.murmuration.scaling.policy.PolicyCatalog;
import io.murmuration.scaling.spark.PluginSettings.VictimChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part in the driver: puts the autoscaler together for an application, starts it as soon as executors can be asked for,
 * and stops it with the application.
 */
final class AutoScalerDriverPlugin implements DriverPlugin {
    private static final Logger LOG = LoggerFactory.getLogger(AutoScalerDriverPlugin.class);
    private static final Duration BREAKER_WINDOW = Duration.ofMinutes(2);
    /** Five and a half hours, at one a second; some megabytes. */
    private static final int TICKS_SHOWN = 20_000;

    private static final int CHANGES_SHOWN = 1_000;
    private static final String DECOMMISSION = "spark.decommission.enabled";
    /** With these an executor that leaves hands on what it holds, and is gone a few seconds after. */
    private static final Map<String, String> DECOMMISSIONING = Map.of(
            "spark.storage.decommission.enabled", "true",
            "spark.storage.decommission.shuffleBlocks.enabled", "true",
            "spark.storage.decommission.rddBlocks.enabled", "true",
            "spark.storage.decommission.replicationReattemptInterval", "5s");

    private final InstantSource clock = InstantSource.system();
    private final OwnTime ownTime = new OwnTime();
    private final ExecutorEvents events = new ExecutorEvents();
    private final TaskLedger tasks = new TaskLedger(clock.instant());
    private final StreamLedger streams = new StreamLedger(clock);
    private final TickHistory history = new TickHistory(TICKS_SHOWN, CHANGES_SHOWN);
    private SparkContext context;
    private PluginSettings settings;
    private ExecutorHeartbeats heartbeats;
    private ShuffleHoldings shuffles;
    private Optional<JournalSink> journal = Optional.empty();
    private Optional<ControlLoop> loop = Optional.empty();
    private Optional<ScalingTab> tab = Optional.empty();
    private Optional<Path> reportPath = Optional.empty();

    @Override
    public Map<String, String> init(SparkContext sparkContext, PluginContext pluginContext) {
        context = sparkContext;
        settings = PluginSettings.from(context.conf());
        if (settings.decommission()) {
            letExecutorsBeDecommissioned(context.conf());
        }
        heartbeats = new ExecutorHeartbeats(settings.heartbeat(), clock);
        shuffles = new ShuffleHoldings(settings.shuffleTimeout(), clock);
        context.addSparkListener(new MeasuredListener(ownTime, events, shuffles, tasks, streams));
        return Map.of(
                HeartbeatPlugin.INTERVAL, Long.toString(settings.heartbeat().toMillis()));
    }

    /** Executors get the driver's settings when they start, which none has yet. What the application says itself stays. */
    private static void letExecutorsBeDecommissioned(SparkConf conf) {
        if (!conf.contains(DECOMMISSION)) {
            conf.set(DECOMMISSION, "true");
            DECOMMISSIONING.forEach(conf::setIfMissing);
        }
    }

    @Override
    public void registerMetrics(String applicationId, PluginContext pluginContext) {
        if (context.cleaner().isDefined()) {
            context.cleaner().get().attachListener(shuffles);
        }
        PausablePool pool = new PausablePool(
                new SparkExecutorPool(context, events, shuffles),
                settings.scaling().behaviour().advisory());
        LaunchBreaker breaker = new LaunchBreaker(settings.breakerLimit(), BREAKER_WINDOW, settings.breakerPause());
        SparkExecutorController controller = settings.victims() == VictimChoice.BUSY
                ? SparkExecutorController.resolute(pool, settings.initial(), breaker, clock)
                : SparkExecutorController.careful(pool, settings.initial(), breaker, clock);
        SparkMetricsCollector collector = new SparkMetricsCollector(
                new ActiveStages(context),
                controller,
                tasks,
                streams,
                heartbeats,
                SparkExecutorPool.configuredSlots(context.conf()),
                clock.instant());
        AutoScaler scaler = settings.scaling().autoScaler(PolicyCatalog.ofTasks(), new RollingForecast(), clock);
        Optional<Path> journalPath = JournalFile.of(context, settings.journal());
        journal = journalPath.map(this::open);
        reportPath = journalPath.map(ReportFile::beside);
        List<TickSink> sinks = new ArrayList<>(List.of(history, new DecisionCounters(pluginContext.metricRegistry())));
        journal.ifPresent(sinks::add);
        ControlLoop control = new ControlLoop(pool, collector, scaler, controller, sinks, clock, ownTime);
        new ScalingGauges(control, heartbeats, ownTime).register(pluginContext.metricRegistry());
        register(control, applicationId);
        if (context.ui().isDefined()) {
            tab = Optional.of(ScalingTab.attach(context.ui().get(), control, history));
        }
        loop = Optional.of(control);
        control.start(settings.scaling().context().interval());
    }

    private JournalSink open(Path path) {
        try {
            LOG.info("Decisions are written to {}", path);
            return new JournalSink(JournalFile.open(path, context.hadoopConfiguration()), settings.scaling());
        } catch (IOException e) {
            throw new UncheckedIOException("the autoscaler's journal " + path + " cannot be written", e);
        }
    }

    private void writeReport(Path path) {
        try {
            String title = "Scaling of " + context.appName() + " (" + context.applicationId() + ")";
            ReportFile.write(path, history.report(title), context.hadoopConfiguration());
            LOG.info("What the autoscaler did is told in {}", path);
        } catch (IOException e) {
            LOG.warn("The autoscaler's report {} could not be written", path, e);
        }
    }

    private static ObjectName name(String applicationId) throws JMException {
        return new ObjectName("io.murmuration:type=AutoScaler,application=" + ObjectName.quote(applicationId));
    }

    private static void register(ControlLoop control, String applicationId) {
        try {
            ManagementFactory.getPlatformMBeanServer().registerMBean(control, name(applicationId));
        } catch (JMException e) {
            LOG.warn("The autoscaler cannot be paused by JMX", e);
        }
    }

    @Override
    public Object receive(Object message) {
        if (!(message instanceof Heartbeat heartbeat)) {
            throw new IllegalArgumentException(
                    "the autoscaler got " + message + ", expected a heartbeat of an executor");
        }
        heartbeats.receive(heartbeat);
        return null;
    }

    @Override
    public void shutdown() {
        if (loop.isPresent()) {
            loop.get().stop();
            LOG.info(
                    "The autoscaler took {} s of processor time, the executors {} s",
                    String.format(Locale.ROOT, "%.2f", ownTime.seconds() + heartbeats.ownCpuSeconds()),
                    String.format(Locale.ROOT, "%.2f", heartbeats.cpuSeconds()));
        }
        journal.ifPresent(open -> {
            try {
                open.close();
            } catch (IOException e) {
                LOG.warn("The autoscaler's journal could not be closed", e);
            }
        });
        tab.ifPresent(ScalingTab::detach);
        reportPath.ifPresent(this::writeReport);
        if (loop.isPresent()) {
            try {
                ManagementFactory.getPlatformMBeanServer().unregisterMBean(name(context.applicationId()));
            } catch (JMException e) {
                LOG.warn("The autoscaler could not be taken out of JMX", e);
            }
        }
    }
}
