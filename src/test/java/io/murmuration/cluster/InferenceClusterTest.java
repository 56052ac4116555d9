package io.murmuration.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.batch.CallerException;
import io.murmuration.cluster.ClusterOptions.Limits;
import io.murmuration.cluster.ClusterOptions.MicroBatches;
import io.murmuration.cluster.ClusterPerformance.Durability;
import io.murmuration.cluster.SubmissionRefusedException.Reason;
import io.murmuration.cluster.task.InferenceRequest;
import io.murmuration.cluster.task.InferredStep;
import io.murmuration.cluster.task.ModelReference;
import io.murmuration.cluster.task.Observation;
import io.murmuration.cluster.task.TaskId;
import io.murmuration.cluster.task.TaskStatus.Completed;
import io.murmuration.cluster.task.TaskStatus.Expired;
import io.murmuration.cluster.task.TaskStatus.Failed;
import io.murmuration.cluster.task.TaskStatus.NotFound;
import io.murmuration.cluster.task.TaskStatus.Running;
import io.murmuration.inference.AgentBlock;
import io.murmuration.inference.Draws;
import io.murmuration.inference.InferenceKernel;
import io.murmuration.inference.ObservationBlock;
import io.murmuration.inference.ResultBlock;
import io.murmuration.inference.ResultLayout.Column;
import io.murmuration.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
@DisplayName("What is submitted to a cluster ends once, with what a batch would infer")
class InferenceClusterTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String DEVICE =
            """
            {"kind": "discrete", "name": "device", "A": [[[0.9, 0.2], [0.1, 0.8]]],
             "B": [[[[0.8, 0.5], [0.3, 0.5]], [[0.2, 0.5], [0.7, 0.5]]]], "D": [[0.5, 0.5]], "C": [[1, 0]],
             "action_selection": "stochastic"}
            """;

    private static JavaSparkContext spark;

    @TempDir
    Path folder;

    @BeforeAll
    static void startSpark() {
        spark = JavaSparkContext.fromSparkContext(SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .getOrCreate()
                .sparkContext());
    }

    private ModelReference device(InferenceCluster cluster) throws IOException {
        return cluster.register(Files.writeString(folder.resolve("device.json"), DEVICE));
    }

    private static InferenceCluster start(ClusterOptions options) {
        return InferenceCluster.over(spark, options);
    }

    /** Tasks wait for others so long that no worker gets any. */
    private static ClusterOptions thatWaits() {
        return ClusterOptions.defaults().withMicroBatches(new MicroBatches(100_000, Duration.ofHours(1), 1));
    }

    private static Completed completed(Submission submission) throws Exception {
        return assertInstanceOf(Completed.class, submission.ended().get(60, TimeUnit.SECONDS));
    }

    /** The same observations one after the other through the kernel alone. */
    private static void assertAsAlone(
            String agent, long seed, InferenceKernel kernel, List<InferredStep> steps, double[][] seen) {
        assertAsAlone(agent, seed, kernel, steps, seen, 0);
    }

    private static void assertAsAlone(
            String agent, long seed, InferenceKernel kernel, List<InferredStep> steps, double[][] seen, long from) {
        AgentBlock block = kernel.block(1, seed);
        block.start(0, Draws.agentKey(agent));
        ObservationBlock observations =
                new ObservationBlock(1, seen.length, kernel.observationWidth(), kernel.actionWidth());
        ResultBlock results = new ResultBlock(1, seen.length, kernel.layout());
        for (int t = 0; t < seen.length; t++) {
            observations.setTime(t, 0, from + t);
            for (int e = 0; e < seen[t].length; e++) {
                observations.setObservation(t, e, 0, seen[t][e]);
            }
            block.step(1, observations, t, results);
            InferredStep step = steps.get(t);
            assertEquals(from + t, step.time());
            for (Column column : kernel.layout().columns()) {
                if (column.standard()) {
                    double[] flat = Stream.of(step.find(column.name()).orElseThrow())
                            .flatMapToDouble(java.util.Arrays::stream)
                            .toArray();
                    int at = t;
                    assertArrayEquals(
                            IntStream.range(0, column.width())
                                    .mapToDouble(i -> results.get(at, column.offset() + i, 0))
                                    .toArray(),
                            flat);
                }
            }
        }
    }

    @Test
    void eachAgentGoesOnFromWhereItsObservationBeforeLeftIt() throws Exception {
        try (InferenceCluster cluster = start(ClusterOptions.defaults().withSeed(11))) {
            ModelReference model = device(cluster);
            int agents = 30;
            int steps = 7;
            List<List<Submission>> submissions = new ArrayList<>();
            for (int agent = 0; agent < agents; agent++) {
                submissions.add(new ArrayList<>());
            }
            for (int t = 0; t < steps; t++) {
                for (int agent = 0; agent < agents; agent++) {
                    submissions
                            .get(agent)
                            .add(cluster.submit("agent-" + agent, Observation.ofOutcomes((agent * t) % 2), model));
                }
            }
            InferenceKernel kernel = InferenceKernel.compile(ModelFile.parse(DEVICE, "device", false));
            for (int agent = 0; agent < agents; agent++) {
                List<InferredStep> inferred = new ArrayList<>();
                for (Submission submission : submissions.get(agent)) {
                    inferred.add(completed(submission).step());
                }
                int place = agent;
                assertAsAlone(
                        "agent-" + agent,
                        11,
                        kernel,
                        inferred,
                        IntStream.range(0, steps)
                                .mapToObj(t -> new double[] {(place * t) % 2})
                                .toArray(double[][]::new));
            }
            assertEquals(agents, cluster.performance().agents());
            assertEquals(
                    new AgentStanding(steps, steps, 0),
                    cluster.standing("agent-3", model).orElseThrow());
            assertTrue(cluster.standing("nobody", model).isEmpty());
        }
    }

    @Test
    void timesThatAreGivenAreThoseOfStochasticChoices() throws Exception {
        try (InferenceCluster cluster = start(ClusterOptions.defaults().withSeed(3))) {
            ModelReference model = device(cluster);
            double[][] seen = new double[40][];
            List<InferredStep> steps = new ArrayList<>();
            for (int t = 0; t < seen.length; t++) {
                seen[t] = new double[] {t % 2};
                steps.add(completed(cluster.submit(InferenceRequest.of("a", Observation.of(seen[t]), model)
                                .at(1_000_000 + t)))
                        .step());
            }
            InferenceKernel kernel = InferenceKernel.compile(ModelFile.parse(DEVICE, "device", false));
            assertAsAlone("a", 3, kernel, steps, seen, 1_000_000);
        }
    }

    @Test
    void manyDeadlinesThatPassAtOnceEndAllTheirTasks() throws Exception {
        try (InferenceCluster cluster = start(thatWaits())) {
            ModelReference model = device(cluster);
            Instant deadline = Instant.now().plusSeconds(2);
            List<InferenceRequest> requests = IntStream.range(0, 20_000)
                    .mapToObj(i -> InferenceRequest.of("agent-" + i, Observation.ofOutcomes(0), model)
                            .withDeadline(deadline))
                    .toList();
            List<TaskId> ids =
                    cluster.submitBatch(requests).stream().map(Submission::id).toList();
            assertEquals(20_000, cluster.awaitBatch(ids, SOON).failed());
            assertEquals(
                    new ClusterPerformance.Tasks(20_000, 0, 0, 0, 0, 20_000, 0),
                    cluster.performance().tasks());
        }
    }

    @Test
    void countsAddUpAtEveryInstant() throws Exception {
        try (InferenceCluster cluster = start(ClusterOptions.defaults())) {
            ModelReference model = device(cluster);
            List<InferenceRequest> requests = IntStream.range(0, 3000)
                    .mapToObj(i -> InferenceRequest.of("agent-" + i, Observation.ofOutcomes(0), model))
                    .toList();
            cluster.submitBatch(requests);
            ClusterPerformance.Tasks tasks;
            do {
                tasks = cluster.performance().tasks();
                assertTrue(tasks.waiting() >= 0, tasks::toString);
                assertEquals(
                        tasks.accepted(),
                        tasks.waiting() + tasks.dispatched() + tasks.completed() + tasks.failed(),
                        tasks::toString);
            } while (tasks.completed() < 3000);
            assertTrue(cluster.awaitIdle(SOON));
        }
    }

    @Test
    void whatWasSubmittedIsKnownThoughItFailed() throws Exception {
        ClusterOptions options = thatWaits().withJournal(folder.resolve("journal"));
        ModelReference model;
        try (InferenceCluster cluster = start(options)) {
            model = device(cluster);
            Submission first = cluster.submit("a", Observation.ofOutcomes(0), model);
            cluster.submit("a", Observation.ofOutcomes(1), model);
            assertTrue(cluster.cancel(first.id()));
            assertEquals(
                    new AgentStanding(2, 0, 1), cluster.standing("a", model).orElseThrow());
        }
        try (InferenceCluster cluster = start(options)) {
            assertEquals(
                    new AgentStanding(2, 0, 1), cluster.standing("a", model).orElseThrow());
        }
    }

    @Test
    void aModelInTheFlowStyleOfYamlIsKnownAgain() throws Exception {
        ClusterOptions options = ClusterOptions.defaults().withJournal(folder.resolve("journal"));
        Path file = Files.writeString(folder.resolve("flow.yaml"), DEVICE.replace("\"", ""));
        ModelReference model;
        try (InferenceCluster cluster = start(options)) {
            model = cluster.register(file);
        }
        try (InferenceCluster cluster = start(options)) {
            completed(cluster.submit("a", Observation.ofOutcomes(0), model));
        }
    }

    @Test
    void dimensionsStandForAModel() throws Exception {
        try (InferenceCluster cluster = start(ClusterOptions.defaults())) {
            GaussianDimensions dimensions = new GaussianDimensions(4, 3, 2);
            double[][] seen = {{1, 2, 3}, {0.5, Double.NaN, -1}};
            List<InferredStep> steps = new ArrayList<>();
            for (double[] observation : seen) {
                steps.add(completed(cluster.submit("a", Observation.of(observation), dimensions))
                        .step());
            }
            InferenceKernel kernel = InferenceKernel.compile(ModelFile.parse(dimensions.text(), "", false));
            assertAsAlone("a", 0, kernel, steps, seen);
            assertEquals(4, steps.get(0).belief()[0].length);
            assertEquals(4, steps.get(0).covariance().orElseThrow().length);
            assertEquals(2, steps.get(0).action().orElseThrow().length);
        }
    }

    @Test
    void aBatchIsAwaitedAndTellsOfEach() throws Exception {
        try (InferenceCluster cluster = start(ClusterOptions.defaults())) {
            ModelReference model = device(cluster);
            List<InferenceRequest> requests = IntStream.range(0, 1200)
                    .mapToObj(i -> InferenceRequest.of("agent-" + i % 40, Observation.ofOutcomes(i % 2), model))
                    .toList();
            List<TaskId> ids =
                    cluster.submitBatch(requests).stream().map(Submission::id).toList();
            BatchProgress progress = cluster.awaitBatch(ids, SOON);
            assertEquals(1200, progress.completed());
            assertEquals(1200, progress.total());
            assertEquals(1.0, progress.completionRate());
            assertFalse(progress.timedOut());
            assertEquals(List.of(), cluster.submitBatch(List.of()));
            assertEquals(new NotFound(), cluster.result(new TaskId(ids.get(0).cluster(), 99_999)));
            assertEquals(new NotFound(), cluster.result(new TaskId("0000000000000", 1)));
            ClusterPerformance performance = cluster.performance();
            assertEquals(1200, performance.workers().get(0).tasksCompleted());
            assertEquals(1, performance.activeWorkers());
            assertEquals(Durability.VOLATILE, performance.durability());
        }
    }

    @Test
    void waitingEndsWhenTheTimeRunsOut() throws Exception {
        try (InferenceCluster cluster = start(thatWaits())) {
            Submission submission = cluster.submit("a", Observation.ofOutcomes(0), device(cluster));
            BatchProgress progress = cluster.awaitBatch(List.of(submission.id()), Duration.ofMillis(1));
            assertTrue(progress.timedOut());
            assertEquals(0.0, progress.completionRate());
            assertEquals(new Running(false), progress.results().get(submission.id()));
        }
    }

    @Test
    void aFullQueueRefusesWithItsReasonAndRecovers() throws Exception {
        ClusterOptions options = thatWaits().withLimits(new Limits(3, 100, 100, SOON));
        try (InferenceCluster cluster = start(options)) {
            ModelReference model = device(cluster);
            Submission first = cluster.submit("a", Observation.ofOutcomes(0), model);
            cluster.submit("b", Observation.ofOutcomes(0), model);
            cluster.submit("c", Observation.ofOutcomes(0), model);
            SubmissionRefusedException refused = assertThrows(
                    SubmissionRefusedException.class, () -> cluster.submit("d", Observation.ofOutcomes(0), model));
            assertEquals(Reason.QUEUE_FULL, refused.reason());
            assertEquals(
                    "There are 3 tasks without a result, and there may be 3: no place for 1 more until some have ended",
                    refused.getMessage());
            assertTrue(cluster.cancel(first.id()));
            assertEquals(
                    new Failed("It was cancelled before it was done"),
                    first.ended().get(60, TimeUnit.SECONDS));
            assertFalse(cluster.cancel(first.id()));
            cluster.submit("d", Observation.ofOutcomes(0), model);
            assertEquals(
                    new ClusterPerformance.Tasks(4, 1, 3, 0, 0, 1, 1),
                    cluster.performance().tasks());
        }
    }

    @Test
    void aTaskFailsWhenItsDeadlinePassesBeforeAWorkerHasIt() throws Exception {
        try (InferenceCluster cluster = start(thatWaits())) {
            Instant deadline = Instant.now().plusMillis(50);
            Submission submission = cluster.submit(InferenceRequest.of("a", Observation.ofOutcomes(0), device(cluster))
                    .withDeadline(deadline));
            assertEquals(
                    new Failed("Its deadline, " + deadline + ", passed before it was done"),
                    submission.ended().get(60, TimeUnit.SECONDS));
        }
    }

    @Test
    void resultsThatAreKeptNoLongerAreExpiredAndNotUnknown() throws Exception {
        ClusterOptions options = ClusterOptions.defaults().withLimits(new Limits(100, 100, 1, SOON));
        try (InferenceCluster cluster = start(options)) {
            ModelReference model = device(cluster);
            Submission first = cluster.submit("a", Observation.ofOutcomes(0), model);
            completed(first);
            Submission second = cluster.submit("a", Observation.ofOutcomes(0), model);
            completed(second);
            while (cluster.result(first.id()) instanceof Completed) {
                Thread.onSpinWait();
            }
            assertEquals(new Expired(), cluster.result(first.id()));
            assertInstanceOf(Completed.class, cluster.result(second.id()));
            assertEquals(new Expired(), cluster.ended(first.id()).get());
        }
    }

    @Test
    void whatIsNoObservationOfTheModelIsRefusedWithASentence() throws Exception {
        try (InferenceCluster cluster = start(ClusterOptions.defaults().withLimits(new Limits(9, 1, 9, SOON)))) {
            ModelReference model = device(cluster);
            assertRefused(
                    Reason.BAD_OBSERVATION,
                    "Agent \"a\": The outcome of modality 0 is 2, but there are 2 outcomes (0 to 1)",
                    () -> cluster.submit("a", Observation.ofOutcomes(2), model));
            assertRefused(
                    Reason.BAD_OBSERVATION,
                    "Agent \"a\": The observation has 2 elements, expected 1",
                    () -> cluster.submit("a", Observation.ofOutcomes(0, 1), model));
            assertRefused(
                    Reason.UNKNOWN_MODEL,
                    "The model \"x\" (ffffffffffff) is not registered with this cluster, expected register before submit",
                    () -> cluster.submit("a", Observation.ofOutcomes(0), new ModelReference("x", "f".repeat(64))));
            completed(cluster.submit("a", Observation.ofOutcomes(0), model));
            assertRefused(
                    Reason.TOO_MANY_AGENTS,
                    "There are 1 agents, and there may be 1: no place for \"b\"",
                    () -> cluster.submit("b", Observation.ofOutcomes(0), model));
            assertEquals(4, cluster.performance().tasks().refused());
        }
    }

    private static void assertRefused(Reason reason, String sentence, Runnable submission) {
        SubmissionRefusedException refused = assertThrows(SubmissionRefusedException.class, submission::run);
        assertEquals(sentence, refused.getMessage());
        assertEquals(reason, refused.reason());
    }

    @Test
    void withAJournalTasksAndBeliefsOutliveTheCluster() throws Exception {
        ClusterOptions options = ClusterOptions.defaults().withJournal(folder.resolve("journal"));
        Submission done;
        Submission waiting;
        ModelReference model;
        try (InferenceCluster cluster = start(options)) {
            model = device(cluster);
            done = cluster.submit("a", Observation.ofOutcomes(0), model);
            completed(done);
        }
        try (InferenceCluster cluster = start(thatWaits().withJournal(folder.resolve("journal")))) {
            waiting = cluster.submit("a", Observation.ofOutcomes(1), model);
            assertEquals(Durability.JOURNAL, cluster.performance().durability());
        }
        String sentence = assertThrows(
                        ExecutionException.class, () -> waiting.ended().get())
                .getCause()
                .getMessage();
        assertEquals(
                "The cluster was stopped before task " + waiting.id()
                        + " ended; it goes on when the cluster is started again with the same journal",
                sentence);
        try (InferenceCluster cluster = start(options)) {
            Completed second = assertInstanceOf(
                    Completed.class, cluster.ended(waiting.id()).get(60, TimeUnit.SECONDS));
            Completed first = assertInstanceOf(Completed.class, cluster.result(done.id()));
            InferenceKernel kernel = InferenceKernel.compile(ModelFile.parse(DEVICE, "device", false));
            assertAsAlone("a", 0, kernel, List.of(first.step(), second.step()), new double[][] {{0}, {1}});
            assertTrue(
                    cluster.submit("a", Observation.ofOutcomes(1), model).id().number()
                            > waiting.id().number());
        }
    }

    @Test
    void withoutAJournalWhatWaitsFailsWhenTheClusterStops() throws Exception {
        Submission submission;
        InferenceCluster cluster = start(thatWaits());
        try (cluster) {
            submission = cluster.submit("a", Observation.ofOutcomes(0), device(cluster));
        }
        assertEquals(
                new Failed("The cluster was stopped before it was done"),
                submission.ended().get());
        assertThrows(IllegalStateException.class, () -> cluster.result(submission.id()));
        assertRefused(
                Reason.STOPPED,
                "The cluster is stopped, and takes no tasks any more",
                () -> cluster.submit("a", Observation.ofOutcomes(0), deviceReference()));
    }

    private static ModelReference deviceReference() {
        return new ModelReference("device", ModelRegistry.sha256(DEVICE));
    }

    @Test
    void drainingTakesNothingMoreAndEndsWhatWasTaken() throws Exception {
        try (InferenceCluster cluster = start(ClusterOptions.defaults())) {
            ModelReference model = device(cluster);
            Submission submission = cluster.submit("a", Observation.ofOutcomes(0), model);
            assertTrue(cluster.drain(SOON));
            assertTrue(submission.ended().isDone() || cluster.result(submission.id()) instanceof Completed);
            assertRefused(
                    Reason.STOPPED,
                    "The cluster is stopped, and takes no tasks any more",
                    () -> cluster.submit("a", Observation.ofOutcomes(0), model));
        }
    }

    @Test
    void workersOfALocalMasterCannotBeAdded() throws Exception {
        try (InferenceCluster cluster = start(ClusterOptions.defaults())) {
            assertTrue(assertThrows(CallerException.class, () -> cluster.addWorkers(1))
                    .getMessage()
                    .startsWith("The number of workers cannot be changed by hand: the master is local[2]"));
        }
    }

    @Test
    void impossibleOptionsAreRefusedWithASentence() {
        assertEquals(
                "At most 1 workers are allowed, expected at least the 2 of the start",
                assertThrows(CallerException.class, () -> new ClusterOptions.Workers(2, 1, 1, 512))
                        .getMessage());
        assertEquals(
                "A worker has 100 MiB of memory, expected at least 471",
                assertThrows(CallerException.class, () -> new ClusterOptions.Workers(2, 2, 1, 100))
                        .getMessage());
    }
}
