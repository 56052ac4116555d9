package io.murmuration.scaling;

import java.time.Instant;
import java.util.List;

/** A hook that adds what it can measure to the metrics of a moment. What it cannot measure it leaves out. */
@FunctionalInterface
public interface MetricsCollector {
    /** Adds what is measured; moments come in the order of time. */
    void addTo(ResourceMetrics.Builder metrics);

    /** What this hook measures, alone. */
    default ResourceMetrics collect(Instant at) {
        ResourceMetrics.Builder metrics = ResourceMetrics.at(at);
        addTo(metrics);
        return metrics.build();
    }

    /** Measures how many instances a controller has that work, and how many were asked for. */
    static MetricsCollector counts(InstanceController controller) {
        return metrics -> {
            InstanceCounts counts = controller.counts();
            metrics.with(Metric.ACTIVE_INSTANCES, counts.ready()).with(Metric.REQUESTED_INSTANCES, counts.requested());
        };
    }

    /** Several hooks as one; of two that measure the same, the later one counts. */
    static MetricsCollector all(List<MetricsCollector> hooks) {
        List<MetricsCollector> inOrder = List.copyOf(hooks);
        return metrics -> inOrder.forEach(hook -> hook.addTo(metrics));
    }
}
