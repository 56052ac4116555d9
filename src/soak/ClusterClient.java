import io.murmuration.cluster.ClusterOptions;
import io.murmuration.cluster.ClusterPerformance;
import io.murmuration.cluster.InferenceCluster;
import io.murmuration.cluster.Submission;
import io.murmuration.cluster.task.ModelReference;
import io.murmuration.cluster.task.Observation;
import io.murmuration.cluster.task.TaskStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Submits observations one by one from several threads while workers are killed, and compares each result with that of a batch.
 *
 * <p>{@code ClusterClient DIR THREADS OUTSTANDING KILLS}: DIR has {@code model.json}, and what {@link BatchResults} reads.
 */
final class ClusterClient {
    private static final String EXECUTOR = "org.apache.spark.executor.CoarseGrainedExecutorBackend";
    private static final int WORKERS = 2;
    private static final int WARM_UP = 200;

    private final InferenceCluster cluster;
    private final ModelReference model;
    private final BatchResults expected;
    private final int outstanding;
    private final int kills;
    private final int total;
    private final AtomicInteger submitted = new AtomicInteger();
    private final List<Long> killedAt = Collections.synchronizedList(new ArrayList<>());
    private final List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
    /** How many results each id got. */
    private final Map<String, Integer> ends = new HashMap<>();

    private final AtomicInteger differing = new AtomicInteger();

    private record Answer(long submitted, long ended, TaskStatus.Ended status) {
        double milliseconds() {
            return (ended - submitted) / 1e6;
        }
    }

    private ClusterClient(InferenceCluster cluster, Path folder, int outstanding, int kills) throws IOException {
        this.cluster = cluster;
        this.model = cluster.register(folder.resolve("model.json"));
        this.expected = BatchResults.read(folder);
        this.outstanding = outstanding;
        this.kills = kills;
        this.total = expected.rows().size();
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        ClusterOptions options = ClusterOptions.defaults()
                .withWorkers(new ClusterOptions.Workers(WORKERS, WORKERS, 1, 512))
                // A process that is killed cannot clean up what it laid there.
                .withSpark("spark.executor.extraJavaOptions", "-Djava.io.tmpdir=" + folder.toAbsolutePath());
        boolean good;
        try (InferenceCluster cluster = InferenceCluster.start(options)) {
            ClusterClient client =
                    new ClusterClient(cluster, folder, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
            client.warmUp();
            good = client.run(Integer.parseInt(arguments[1]));
        }
        System.exit(good ? 0 : 1);
    }

    /** The first results wait for the workers to start, which is not what is measured. */
    private void warmUp() {
        for (int i = 0; i < WARM_UP; i++) {
            cluster.submit("warm-up-" + i, Observation.ofOutcomes(0), model).ended().join();
        }
    }

    private boolean run(int threads) throws Exception {
        long start = System.nanoTime();
        ExecutorService submitters = Executors.newFixedThreadPool(threads);
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int mine = thread;
            List<BatchResults.Row> part = expected.rows().stream()
                    .filter(row -> Math.floorMod(row.agent().hashCode(), threads) == mine)
                    .toList();
            running.add(submitters.submit(() -> submitAll(part)));
        }
        kill();
        for (Future<?> thread : running) {
            thread.get();
        }
        submitters.shutdown();
        return report((System.nanoTime() - start) / 1e9);
    }

    private Void submitAll(List<BatchResults.Row> rows) throws InterruptedException {
        Semaphore places = new Semaphore(outstanding);
        for (BatchResults.Row row : rows) {
            places.acquire();
            long at = System.nanoTime();
            Submission submission = cluster.submit(row.agent(), Observation.ofOutcomes(row.outcome()), model);
            submitted.incrementAndGet();
            submission.ended().whenComplete((status, stopped) -> {
                answers.add(new Answer(at, System.nanoTime(), status));
                compare(row, submission, status);
                places.release();
            });
        }
        places.acquire(outstanding);
        return null;
    }

    private void compare(BatchResults.Row row, Submission submission, TaskStatus.Ended status) {
        synchronized (ends) {
            ends.merge(submission.id().toString(), 1, Integer::sum);
        }
        if (!expected.agree(row, status)) {
            differing.incrementAndGet();
        }
    }

    /** Kills a worker each time another share of the observations is submitted; in the middle, all there are. */
    private void kill() throws InterruptedException {
        for (int kill = 1; kill <= kills; kill++) {
            List<ProcessHandle> workers = executors();
            while (submitted.get() < (long) total * kill / (kills + 1) || workers.isEmpty()) {
                Thread.sleep(1);
                workers = executors();
            }
            boolean all = kill == (kills + 1) / 2;
            killedAt.add(System.nanoTime());
            workers.stream().limit(all ? WORKERS : 1).forEach(ProcessHandle::destroyForcibly);
            System.out.printf("kill %d: %d of %d workers%n", kill, all ? workers.size() : 1, workers.size());
        }
    }

    private static List<ProcessHandle> executors() {
        return ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().commandLine().orElse("").contains(EXECUTOR))
                .collect(Collectors.toList());
    }

    private boolean report(double seconds) {
        long once = ends.values().stream().filter(count -> count == 1).count();
        System.out.printf(
                "%d submitted, %d ids with exactly one result, %d differ from the batch; %.1f s, %.0f a second%n",
                submitted.get(), once, differing.get(), seconds, submitted.get() / seconds);
        Map<Boolean, List<Answer>> metKill = answers.stream()
                .collect(Collectors.partitioningBy(answer -> killedAt.stream()
                        .anyMatch(kill -> answer.submitted() <= kill && kill <= answer.ended())));
        print("met no kill", metKill.get(false));
        print("met a kill", metKill.get(true));
        ClusterPerformance.Tasks tasks = cluster.performance().tasks();
        System.out.println(tasks);
        return once == total && differing.get() == 0 && tasks.completed() == total + WARM_UP && tasks.failed() == 0;
    }

    private static void print(String which, List<Answer> some) {
        double[] sorted = some.stream().mapToDouble(Answer::milliseconds).sorted().toArray();
        if (sorted.length > 0) {
            System.out.printf(
                    "%s: %d, submit to result p50 %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                    which,
                    sorted.length,
                    sorted[sorted.length / 2],
                    sorted[(int) (sorted.length * 0.99)],
                    sorted[sorted.length - 1]);
        }
    }
}
