package io.murmuration.cluster;

import io.murmuration.batch.CallerException;
import io.murmuration.batch.ObservationForm;
import io.murmuration.cluster.ClusterPerformance.Durability;
import io.murmuration.cluster.SubmissionRefusedException.Reason;
import io.murmuration.cluster.journal.JournalException;
import io.murmuration.cluster.journal.TaskJournal;
import io.murmuration.cluster.journal.TaskJournal.RegisteredModel;
import io.murmuration.cluster.task.BeliefKey;
import io.murmuration.cluster.task.InferenceRequest;
import io.murmuration.cluster.task.ModelReference;
import io.murmuration.cluster.task.Observation;
import io.murmuration.cluster.task.TaskId;
import io.murmuration.cluster.task.TaskStatus;
import io.murmuration.cluster.worker.InferRuns;
import io.murmuration.cluster.worker.ModelRuns;
import io.murmuration.cluster.worker.WorkerAnswer;
import io.murmuration.model.InvalidModelException;
import io.murmuration.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inference tasks submitted one by one to a Spark cluster: each that is given an id ends exactly once, with what a batch would
 * have inferred or with the reason why not, whatever workers die. An agent's observations are inferred in the order of their
 * submission, each from the belief that the one before left. Safe to share between threads.
 *
 * <p>A task may be done more than once; its result is recorded once. With a journal (see {@link ClusterOptions}) that holds for
 * the death of this process, too: whoever starts a cluster with the same journal goes on with it.
 */
public final class InferenceCluster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InferenceCluster.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final JavaSparkContext spark;
    private final boolean ownSpark;
    private final TaskJournal journal;
    private final ModelRegistry models;
    private final WorkerPool workers;
    private final Dispatcher dispatcher;

    private InferenceCluster(
            JavaSparkContext spark,
            boolean ownSpark,
            TaskJournal journal,
            ClusterOptions options,
            Function<ModelRuns, WorkerAnswer> work)
            throws JournalException {
        this.spark = spark;
        this.ownSpark = ownSpark;
        this.journal = journal;
        models = new ModelRegistry(spark);
        journal.models().forEach(models::add);
        workers = new WorkerPool(spark.sc(), options.workers(), ownSpark);
        dispatcher = new Dispatcher(
                journal,
                new MicroBatchRunner(spark, journal.cluster(), work),
                models,
                workers,
                options,
                new SteadyClock());
        dispatcher.start();
    }

    /**
     * Starts Spark and a cluster on it: on the master of the options, or that of the submission, or an embedded one; where
     * no worker processes can be started, inference runs in threads of this process, and {@link #performance} says so by its
     * address.
     *
     * @throws CallerException if it cannot be started so
     */
    public static InferenceCluster start(ClusterOptions options) {
        return start(options, new InferRuns(options.seed()));
    }

    /**
     * The same.
     *
     * @param work what workers do
     */
    static InferenceCluster start(ClusterOptions options, Function<ModelRuns, WorkerAnswer> work) {
        TaskJournal journal = open(options);
        JavaSparkContext spark;
        try {
            spark = new JavaSparkContext(SparkSettings.of(options));
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
        return over(spark, true, journal, options, work);
    }

    /**
     * Starts a cluster on Spark as it runs already, with the workers that it has; it goes on running when the cluster is stopped.
     * Spark's own retries come before the cluster's, and a large batch may stand in the way of single tasks where it does not schedule fairly.
     *
     * @throws CallerException if it cannot be started so
     */
    public static InferenceCluster over(JavaSparkContext spark, ClusterOptions options) {
        return over(spark, false, open(options), options, new InferRuns(options.seed()));
    }

    private static InferenceCluster over(
            JavaSparkContext spark,
            boolean ownSpark,
            TaskJournal journal,
            ClusterOptions options,
            Function<ModelRuns, WorkerAnswer> work) {
        try {
            return new InferenceCluster(spark, ownSpark, journal, options, work);
        } catch (JournalException | RuntimeException e) {
            journal.close();
            if (ownSpark) {
                spark.stop();
            }
            throw e instanceof JournalException ? new CallerException(e.getMessage()) : (RuntimeException) e;
        }
    }

    private static TaskJournal open(ClusterOptions options) {
        try {
            return options.journal().isPresent()
                    ? TaskJournal.durable(options.journal().get(), options.seed())
                    : TaskJournal.ofThisProcess(options.seed());
        } catch (JournalException e) {
            throw new CallerException(e.getMessage());
        }
    }

    /**
     * Makes a model known; one that is known already stays as it is.
     *
     * @param file in JSON or YAML
     * @throws InvalidModelException if it is not a model
     */
    public ModelReference register(Path file) {
        String name = file.getFileName().toString();
        try {
            return register(ModelFile.stem(file), name.matches("(?i).*\\.ya?ml"), Files.readString(file));
        } catch (InvalidModelException e) {
            throw new InvalidModelException(name + ": " + e.getMessage());
        } catch (IOException e) {
            throw new InvalidModelException("The model file " + file + " "
                    + (Files.exists(file) ? "cannot be read as text" : "does not exist"));
        }
    }

    /** Makes a model known that has dimensions and the defaults of the model file. */
    public ModelReference register(GaussianDimensions dimensions) {
        return register(dimensions.name(), false, dimensions.text());
    }

    private ModelReference register(String name, boolean yaml, String text) {
        String hash = ModelRegistry.sha256(text);
        return models.find(hash).orElseGet(() -> {
            String called = ModelFile.parse(text, name, yaml).name().replace('\n', ' ');
            RegisteredModel model = new RegisteredModel(new ModelReference(called, hash), yaml, text);
            try {
                journal.register(model);
            } catch (JournalException e) {
                throw new CallerException(e.getMessage());
            }
            models.add(model);
            return model.reference();
        });
    }

    /** Submits an agent's next observation under a model of these dimensions. */
    public Submission submit(String agent, Observation observation, GaussianDimensions model) {
        return submit(InferenceRequest.of(agent, observation, register(model)));
    }

    /** Submits an agent's next observation. */
    public Submission submit(String agent, Observation observation, ModelReference model) {
        return submit(InferenceRequest.of(agent, observation, model));
    }

    /**
     * Submits a task. It is in the journal when this returns, where there is one.
     *
     * @throws SubmissionRefusedException if it is not taken
     */
    public Submission submit(InferenceRequest request) {
        return dispatcher.submit(checked(List.of(request)), false).get(0);
    }

    /**
     * Submits tasks, all or none, as a batch that leaves room for those that come one by one.
     *
     * @return in the order of the requests
     * @throws SubmissionRefusedException if they are not taken
     */
    public List<Submission> submitBatch(List<InferenceRequest> requests) {
        return requests.isEmpty() ? List.of() : dispatcher.submit(checked(requests), true);
    }

    private List<InferenceRequest> checked(List<InferenceRequest> requests) {
        try {
            return requests.stream().map(this::checked).toList();
        } catch (SubmissionRefusedException e) {
            dispatcher.refused(requests.size());
            throw e;
        }
    }

    private InferenceRequest checked(InferenceRequest request) {
        ObservationForm form = models.form(request.model())
                .orElseThrow(() -> new SubmissionRefusedException(
                        Reason.UNKNOWN_MODEL,
                        "The model " + request.model()
                                + " is not registered with this cluster, expected register before" + " submit"));
        Observation observation;
        try {
            observation = new Observation(
                    form.observation(request.observation().values()),
                    form.action(request.observation().action()));
        } catch (CallerException e) {
            throw new SubmissionRefusedException(
                    Reason.BAD_OBSERVATION, "Agent \"" + request.agent() + "\": " + e.getMessage());
        }
        return request.withObservation(observation);
    }

    /**
     * What has become of a task.
     *
     * @throws IllegalStateException if the journal cannot be read, or the cluster is stopped
     */
    public TaskStatus result(TaskId id) {
        try {
            return id.cluster().equals(journal.cluster()) ? dispatcher.status(id.number()) : new TaskStatus.NotFound();
        } catch (JournalException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Completes with what has become of a task when it has ended, at once if it has, or if it is none of this cluster's. */
    public CompletableFuture<TaskStatus> ended(TaskId id) {
        return waiting(id)
                .map(ended -> ended.copy().<TaskStatus>thenApply(status -> status))
                .orElseGet(() -> CompletableFuture.completedFuture(result(id)));
    }

    private Optional<CompletableFuture<TaskStatus.Ended>> waiting(TaskId id) {
        return id.cluster().equals(journal.cluster()) ? dispatcher.ended(id.number()) : Optional.empty();
    }

    /** Where an agent stands under a model; empty where nothing of it was ever submitted. */
    public Optional<AgentStanding> standing(String agent, ModelReference model) throws InterruptedException {
        try {
            return dispatcher.standing(new BeliefKey(model.sha256(), agent));
        } catch (JournalException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /**
     * Waits until tasks have ended.
     *
     * @param timeout how long at most
     */
    public BatchProgress awaitBatch(Collection<TaskId> ids, Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
        Map<TaskId, CompletableFuture<TaskStatus.Ended>> waiting = new LinkedHashMap<>();
        ids.forEach(id -> waiting(id).ifPresent(ended -> waiting.put(id, ended)));
        boolean timedOut = false;
        for (CompletableFuture<TaskStatus.Ended> ended : waiting.values()) {
            try {
                ended.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                timedOut = true;
            } catch (ExecutionException e) {
                // The cluster stopped before it ended: what it is then, is asked for below.
                LOG.debug("A task has not ended", e);
            }
        }
        Map<TaskId, TaskStatus> results = new LinkedHashMap<>();
        ids.forEach(id -> results.put(
                id,
                Optional.ofNullable(waiting.get(id))
                        .filter(ended -> ended.isDone() && !ended.isCompletedExceptionally())
                        .<TaskStatus>map(CompletableFuture::join)
                        .orElseGet(() -> result(id))));
        return new BatchProgress(
                count(results, TaskStatus.Completed.class), count(results, TaskStatus.Failed.class), results, timedOut);
    }

    private static int count(Map<TaskId, TaskStatus> results, Class<? extends TaskStatus> kind) {
        return (int) results.values().stream().filter(kind::isInstance).count();
    }

    /**
     * Ends a task that no worker has yet; it counts as failed. Waits until that is in the journal.
     *
     * @return false if it was too late, or there is no such task, or the cluster stops
     */
    public boolean cancel(TaskId id) {
        return id.cluster().equals(journal.cluster()) && dispatcher.cancel(id.number());
    }

    /** What the cluster is doing. */
    public ClusterPerformance performance() {
        return new ClusterPerformance(
                spark.master(),
                journal.isDurable() ? Durability.JOURNAL : Durability.VOLATILE,
                spark.sc().isStopped() ? List.of() : workers.list(),
                dispatcher.tasks(),
                journal.agents(),
                dispatcher.trouble());
    }

    /**
     * Asks for more workers, which come when the master has started them.
     *
     * @throws CallerException if there may not be so many, or not by hand
     */
    public void addWorkers(int count) {
        workers.add(count);
    }

    /**
     * Has a worker finish what it has, and leave.
     *
     * @param id as in {@link #performance}
     * @throws CallerException if there is none, or it is the last, or workers may not be drained by hand
     */
    public void drainWorker(String id) {
        workers.drain(id);
    }

    /**
     * Waits until all tasks have ended that were taken, those of an earlier process with the same journal, too.
     *
     * @return whether they have; false also if Spark has stopped, so that none will any more
     */
    public boolean awaitIdle(Duration timeout) throws InterruptedException {
        return dispatcher.awaitIdle(timeout);
    }

    /**
     * Takes no more tasks, and waits until those that were taken have ended.
     *
     * @return whether they have
     */
    public boolean drain(Duration timeout) throws InterruptedException {
        dispatcher.refuseFurther();
        return dispatcher.awaitIdle(timeout);
    }

    /**
     * Stops: workers finish what they have; tasks that wait go on when a cluster is started with the same journal, and fail where
     * there is none. Whoever is interrupted meanwhile remains so, and the cluster is stopped all the same.
     */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            dispatcher.stop(PATIENCE);
        } finally {
            try {
                if (ownSpark) {
                    spark.stop();
                }
            } finally {
                interrupted |= closeThreads();
                journal.close();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether it was interrupted. */
    private boolean closeThreads() {
        boolean interrupted = Thread.interrupted();
        while (true) {
            try {
                dispatcher.close(PATIENCE);
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }
}
