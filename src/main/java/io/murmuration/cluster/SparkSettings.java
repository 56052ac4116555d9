package io.murmuration.cluster;

import io.murmuration.batch.CallerException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Spark's settings for a cluster: many small jobs, side by side, of which each may fail without harm to others. */
final class SparkSettings {
    private static final Logger LOG = LoggerFactory.getLogger(SparkSettings.class);
    private static final String HOME = "SPARK_HOME";
    /** What is kept of jobs that have ended, to show them. */
    private static final String RETAINED = "100";

    private SparkSettings() {}

    static SparkConf of(ClusterOptions options) {
        SparkConf conf = new SparkConf();
        ClusterOptions.Workers workers = options.workers();
        options.master().ifPresent(conf::setMaster);
        if (!conf.contains("spark.master")) {
            conf.setMaster(embedded(workers));
        }
        defaults(workers).forEach(conf::setIfMissing);
        conf.set("spark.scheduler.mode", "FAIR");
        try {
            conf.set(
                    "spark.scheduler.allocation.file",
                    SchedulingPools.file().toUri().toString());
        } catch (IOException e) {
            throw new CallerException("Temporary files cannot be written: " + e.getMessage());
        }
        // A micro-batch that fails is halved, which is quicker than trying all of it again.
        conf.set("spark.task.maxFailures", "1");
        conf.set("spark.dynamicAllocation.enabled", "false");
        options.spark().forEach(conf::set);
        return conf;
    }

    private static String embedded(ClusterOptions.Workers workers) {
        if (System.getenv(HOME) == null) {
            int threads = workers.count() * workers.cores();
            LOG.warn(
                    "{} is not set, so that no worker processes can be started: local fallback to {} threads of this"
                            + " process",
                    HOME,
                    threads);
            return "local[" + threads + "]";
        }
        return workers.embeddedMaster();
    }

    private static Map<String, String> defaults(ClusterOptions.Workers workers) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("spark.app.name", "Murmuration cluster");
        String[] jar = JavaSparkContext.jarOfClass(InferenceCluster.class);
        if (jar.length > 0) {
            settings.put("spark.jars", jar[0]);
        }
        settings.put("spark.executor.cores", Integer.toString(workers.cores()));
        settings.put("spark.executor.memory", workers.memoryMiB() + "m");
        settings.put("spark.executor.instances", Integer.toString(workers.count()));
        settings.put("spark.cores.max", Integer.toString(workers.most() * workers.cores()));
        settings.put("spark.ui.enabled", "false");
        // A task is due when it comes, wherever that is.
        settings.put("spark.locality.wait", "0");
        // However often workers die, the master starts new ones.
        settings.put("spark.deploy.maxExecutorRetries", "-1");
        settings.put("spark.decommission.enabled", "true");
        settings.put("spark.ui.retainedJobs", RETAINED);
        settings.put("spark.ui.retainedStages", RETAINED);
        settings.put("spark.ui.retainedDeadExecutors", RETAINED);
        return settings;
    }
}
