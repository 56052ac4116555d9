package io.murmuration.scaling.spark;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.ExecutorAllocationClient;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.scheduler.ExecutorDecommissionInfo;
import org.apache.spark.scheduler.TaskSchedulerImpl;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Map.Map1;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The executors of a SparkContext. What Spark keeps private to its own packages in Scala is public in the class files, and
 * is known to this class alone.
 */
final class SparkExecutorPool implements ExecutorPool {
    private static final ExecutorDecommissionInfo SCALED_DOWN =
            new ExecutorDecommissionInfo("the autoscaler asked for fewer executors", Option.empty());

    private final SparkContext context;
    private final ExecutorEvents events;
    private final ShuffleHoldings shuffles;

    SparkExecutorPool(SparkContext context, ExecutorEvents events, ShuffleHoldings shuffles) {
        this.context = context;
        this.events = events;
        this.shuffles = shuffles;
    }

    @Override
    public Optional<String> refusal() {
        if (client().isEmpty()) {
            return Optional.of("the master is " + context.master() + ", which has no executors to ask for; expected"
                    + " standalone, local-cluster, YARN or Kubernetes");
        }
        if (context.executorAllocationManager().isDefined()) {
            return Optional.of(
                    "dynamic allocation is on, which would fight the autoscaler over the number of executors;"
                            + " expected spark.dynamicAllocation.enabled=false");
        }
        if (conf().getBoolean("spark.streaming.dynamicAllocation.enabled", false)) {
            return Optional.of(
                    "the dynamic allocation of DStreams is on, which would fight the autoscaler over the number"
                            + " of executors; expected spark.streaming.dynamicAllocation.enabled=false");
        }
        boolean otherProfiles = CollectionConverters.asJava(
                        context.statusStore().resourceProfileInfo())
                .stream()
                .anyMatch(profile -> profile.id() != ResourceProfile.DEFAULT_RESOURCE_PROFILE_ID());
        return otherProfiles
                ? Optional.of(
                        "the application uses resource profiles of its own, whose executors would be given up by a"
                                + " request for a number of default ones; expected the default profile alone")
                : Optional.empty();
    }

    private SparkConf conf() {
        return context.conf();
    }

    private Optional<ExecutorAllocationClient> client() {
        return context.schedulerBackend() instanceof ExecutorAllocationClient client
                ? Optional.of(client)
                : Optional.empty();
    }

    private ExecutorAllocationClient clientOrThrow() {
        return client().orElseThrow(() -> new IllegalStateException(refusal().orElse("no executors to ask for")));
    }

    @Override
    public List<ExecutorState> executors() {
        // Of those that Spark's status has: it lags behind its scheduler by the events that are under way.
        Map<String, ExecutorSummary> summaries =
                CollectionConverters.asJava(context.statusStore().executorList(true)).stream()
                        .collect(Collectors.toMap(ExecutorSummary::id, summary -> summary));
        Map<String, Long> cached = CachedBlocks.byAddress(
                CollectionConverters.asJava(context.statusStore().rddList(true)));
        scala.collection.immutable.Map<String, Object> running =
                ((TaskSchedulerImpl) context.taskScheduler()).runningTasksByExecutors();
        Set<String> holders = shuffles.executors();
        List<ExecutorState> states = new ArrayList<>();
        for (String id : registered()) {
            ExecutorSummary summary = summaries.get(id);
            Option<Object> tasks = running.get(id);
            states.add(new ExecutorState(
                    id,
                    client().map(client -> client.isExecutorActive(id)).orElse(true),
                    tasks.isDefined() ? (Integer) tasks.get() : 0,
                    summary == null ? configuredSlots(conf()) : Math.max(1, summary.maxTasks()),
                    summary == null ? 0 : cached.getOrDefault(summary.hostPort(), 0L),
                    holders.contains(id) && !externalShuffleService(),
                    summary == null ? Instant.MAX : summary.addTime().toInstant()));
        }
        return states;
    }

    private Collection<String> registered() {
        return client().<Collection<String>>map(client -> CollectionConverters.asJava(client.getExecutorIds()))
                .orElse(List.of("driver"));
    }

    /** Tasks that an executor takes at a time, by the settings. */
    static int configuredSlots(SparkConf conf) {
        return Math.max(1, conf.getInt("spark.executor.cores", 1) / conf.getInt("spark.task.cpus", 1));
    }

    private boolean externalShuffleService() {
        return conf().getBoolean("spark.shuffle.service.enabled", false);
    }

    @Override
    public List<ExecutorEvent> takeEvents() {
        return events.take();
    }

    @Override
    public boolean requestTotal(int executors) {
        Object profile = ResourceProfile.DEFAULT_RESOURCE_PROFILE_ID();
        scala.collection.immutable.Map<Object, Object> total = new Map1<>(profile, executors);
        // No task prefers any host.
        scala.collection.immutable.Map<Object, Object> noneLocal = new Map1<>(profile, 0);
        scala.collection.immutable.Map<Object, scala.collection.immutable.Map<String, Object>> noHosts =
                new Map1<>(profile, Map$.MODULE$.empty());
        return clientOrThrow().requestTotalExecutors(total, noneLocal, noHosts);
    }

    @Override
    public boolean canDecommission() {
        return conf().getBoolean("spark.decommission.enabled", false);
    }

    @Override
    public boolean handsOnBlocks() {
        return canDecommission()
                && conf().getBoolean("spark.storage.decommission.enabled", false)
                && conf().getBoolean("spark.storage.decommission.shuffleBlocks.enabled", false)
                && conf().getBoolean("spark.storage.decommission.rddBlocks.enabled", false);
    }

    @Override
    public Set<String> decommission(Collection<String> ids) {
        @SuppressWarnings({"unchecked", "rawtypes"})
        Tuple2<String, ExecutorDecommissionInfo>[] leaving =
                ids.stream().map(id -> new Tuple2<>(id, SCALED_DOWN)).toArray(Tuple2[]::new);
        return new LinkedHashSet<>(
                CollectionConverters.asJava(clientOrThrow().decommissionExecutors(leaving, false, false)));
    }

    @Override
    public Set<String> killIdle(Collection<String> ids) {
        return new LinkedHashSet<>(CollectionConverters.asJava(clientOrThrow()
                .killExecutors(CollectionConverters.asScala(List.copyOf(ids)).toList(), false, false, false)));
    }
}
