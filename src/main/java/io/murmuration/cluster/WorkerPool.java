package io.murmuration.cluster;

import io.murmuration.batch.CallerException;
import io.murmuration.cluster.ClusterPerformance.Worker;
import io.murmuration.cluster.ClusterPerformance.WorkerStatus;
import io.murmuration.scaling.spark.AutoScalerPlugin;
import io.murmuration.scaling.spark.ExecutorPool;
import io.murmuration.scaling.spark.ExecutorState;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.jdk.javaapi.CollectionConverters;

/** The workers of a cluster: what they are, how many are wanted, and what each has done. Safe to share between threads. */
final class WorkerPool {
    private static final String DRIVER = "driver";

    private final SparkContext context;
    private final ExecutorPool executors;
    private final int most;
    private final boolean own;
    private final Map<String, Work> work = new ConcurrentHashMap<>();
    private int wanted;

    /** What a worker has done. */
    private record Work(long observations, Duration busy) {
        private static final Work NONE = new Work(0, Duration.ZERO);

        Work plus(Work more) {
            return new Work(observations + more.observations, busy.plus(more.busy));
        }
    }

    /**
     * @param own whether the workers are there for the cluster alone; else it takes those that there are
     */
    WorkerPool(SparkContext context, ClusterOptions.Workers workers, boolean own) {
        this.context = context;
        this.own = own;
        executors = ExecutorPool.of(context);
        most = workers.most();
        wanted = workers.count();
        if (own && refusal().isEmpty()) {
            executors.requestTotal(wanted);
        }
    }

    /** Why workers cannot be added or drained by hand. */
    private Optional<String> refusal() {
        if (!own) {
            return executors
                    .refusal()
                    .or(() -> Optional.of("they are there for others, too; expected a cluster that starts its own"));
        }
        boolean autoscaled = context.conf().get("spark.plugins", "").contains(AutoScalerPlugin.class.getName());
        return autoscaled
                ? Optional.of("the autoscaler decides how many workers there are, expected its bounds to be changed")
                : executors.refusal();
    }

    private void check() {
        refusal().ifPresent(why -> {
            throw new CallerException("The number of workers cannot be changed by hand: " + why);
        });
    }

    /** Asks for more workers; they come when the master has started them. */
    synchronized void add(int count) {
        check();
        if (count < 1 || count > most - wanted) {
            throw new CallerException("Asked for " + count + " more workers than " + wanted
                    + ", expected at least 1 and at most " + most + " in all");
        }
        wanted += count;
        executors.requestTotal(wanted);
    }

    /** Has a worker finish what it has, take nothing more, and leave. */
    synchronized void drain(String id) {
        check();
        List<String> active = active();
        if (!active.contains(id)) {
            throw new CallerException("There is no active worker " + id + ", expected one of " + active);
        }
        if (wanted == 1) {
            throw new CallerException(
                    "Worker " + id + " is the last one, expected another to be added before it leaves");
        }
        wanted--;
        executors.requestTotal(wanted);
        executors.decommission(List.of(id));
    }

    /** A master may have started more than are wanted: those that came last leave again. */
    synchronized void settle() {
        if (refusal().isPresent()) {
            return;
        }
        List<String> active = active();
        if (active.size() > wanted) {
            executors.decommission(active.subList(wanted, active.size()));
        }
    }

    /** In the order in which they came. */
    private List<String> active() {
        return executors.executors().stream()
                .filter(ExecutorState::active)
                .sorted(Comparator.comparing(ExecutorState::addedAt))
                .map(ExecutorState::id)
                .toList();
    }

    /** Micro-batches that all of them together do at a time. */
    synchronized int slots() {
        return executors.executors().stream()
                .filter(ExecutorState::active)
                .mapToInt(ExecutorState::slots)
                .sum();
    }

    /** A worker has inferred observations. */
    void completed(String worker, int observations, Duration busy) {
        work.merge(worker, new Work(observations, busy), Work::plus);
    }

    /** Those registered, and those lost of late, in the order in which they came. */
    synchronized List<Worker> list() {
        Set<String> active = Set.copyOf(active());
        boolean inProcess = executors.refusal().isPresent() && context.isLocal();
        return CollectionConverters.asJava(context.statusStore().executorList(false)).stream()
                .filter(executor -> inProcess || !executor.id().equals(DRIVER))
                .sorted(Comparator.comparing(ExecutorSummary::addTime))
                .map(executor -> new Worker(
                        executor.id(),
                        executor.hostPort(),
                        status(executor, active),
                        executor.totalCores(),
                        executor.maxMemory(),
                        executor.memoryUsed(),
                        work.getOrDefault(executor.id(), Work.NONE).observations(),
                        work.getOrDefault(executor.id(), Work.NONE).busy()))
                .collect(Collectors.toUnmodifiableList());
    }

    private static WorkerStatus status(ExecutorSummary executor, Set<String> active) {
        if (active.contains(executor.id())) {
            return WorkerStatus.ACTIVE;
        }
        return executor.isActive() ? WorkerStatus.LEAVING : WorkerStatus.LOST;
    }
}
