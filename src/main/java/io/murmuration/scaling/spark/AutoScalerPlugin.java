package io.murmuration.scaling.spark;

import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * The autoscaler for any Spark application: {@code spark.plugins=io.murmuration.scaling.spark.AutoScalerPlugin}, with
 * settings under {@code spark.murmuration.scaling.}. The jar has to be on the class path of driver and executors ({@code
 * --jars}).
 */
public final class AutoScalerPlugin implements SparkPlugin {
    @Override
    public DriverPlugin driverPlugin() {
        return new AutoScalerDriverPlugin();
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new HeartbeatPlugin();
    }
}
