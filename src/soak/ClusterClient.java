import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.murmuration.cluster.ClusterOptions;
import io.murmuration.cluster.InferenceCluster;
import io.murmuration.cluster.Submission;
import io.murmuration.cluster.task.InferredStep;
import io.murmuration.cluster.task.ModelReference;
import io.murmuration.cluster.task.Observation;
import io.murmuration.cluster.task.TaskStatus;
import io.murmuration.cluster.task.TaskStatus.Completed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
import java.util.stream.Stream;

/**
 * Submits observations one by one from several threads while workers are killed, and compares each result with that of a batch.
 *
 * <p>{@code ClusterClient DIR THREADS OUTSTANDING KILLS}: DIR has {@code model.json}, {@code observations.csv} and, in
 * {@code expected/results}, what {@code jobs/infer} made of them in JSON.
 */
final class ClusterClient {
    private static final String EXECUTOR = "org.apache.spark.executor.CoarseGrainedExecutorBackend";
    private static final int WORKERS = 2;

    private final InferenceCluster cluster;
    private final ModelReference model;
    private final Map<String, JsonNode> expected;
    private final int outstanding;
    private final int kills;
    private final int total;
    private final AtomicInteger submitted = new AtomicInteger();
    private final List<Long> killedAt = Collections.synchronizedList(new ArrayList<>());
    private final List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Integer> ends = new HashMap<>();

    private record Row(String agent, long time, int outcome) {}

    private record Answer(long submitted, long ended, TaskStatus.Ended status) {
        double milliseconds() {
            return (ended - submitted) / 1e6;
        }
    }

    private ClusterClient(InferenceCluster cluster, Path folder, int outstanding, int kills) throws IOException {
        this.cluster = cluster;
        this.model = cluster.register(folder.resolve("model.json"));
        this.expected = expected(folder.resolve("expected/results"));
        this.outstanding = outstanding;
        this.kills = kills;
        this.total = expected.size();
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
            good = client.run(rows(folder.resolve("observations.csv")), Integer.parseInt(arguments[1]));
        }
        System.exit(good ? 0 : 1);
    }

    private static List<Row> rows(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> line.split(","))
                .map(cells -> new Row(cells[0], Long.parseLong(cells[1]), Integer.parseInt(cells[2])))
                .toList();
    }

    private static Map<String, JsonNode> expected(Path results) throws IOException {
        ObjectMapper json = new ObjectMapper();
        Map<String, JsonNode> rows = new HashMap<>();
        try (Stream<Path> files = Files.list(results)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode row = json.readTree(line);
                    rows.put(row.get("agent_id").asText() + "@" + row.get("t").asLong(), row);
                }
            }
        }
        return rows;
    }

    /** The first results wait for the workers to start, which is not what is measured. */
    private void warmUp() {
        for (int i = 0; i < 200; i++) {
            cluster.submit("warm-up-" + i, Observation.ofOutcomes(0), model).ended().join();
        }
    }

    private boolean run(List<Row> rows, int threads) throws Exception {
        long start = System.nanoTime();
        ExecutorService submitters = Executors.newFixedThreadPool(threads);
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int mine = thread;
            List<Row> part = rows.stream()
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

    private Void submitAll(List<Row> rows) throws InterruptedException {
        Semaphore places = new Semaphore(outstanding);
        for (Row row : rows) {
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

    private void compare(Row row, Submission submission, TaskStatus.Ended status) {
        synchronized (ends) {
            ends.merge(submission.id().toString(), 1, Integer::sum);
        }
        JsonNode batch = expected.get(row.agent() + "@" + row.time());
        if (!(status instanceof Completed completed) || !same(completed.step(), batch)) {
            System.out.println("DIFFERS: " + row + "\n  " + status + "\n  " + batch);
            synchronized (ends) {
                ends.merge("differs", 1, Integer::sum);
            }
        }
    }

    private static boolean same(InferredStep step, JsonNode batch) {
        return step.time() == batch.get("t").asLong()
                && step.columns().stream().allMatch(column -> {
                    double[] read = numbers(batch.get(column.name()));
                    double[] inferred = Arrays.stream(column.rows())
                            .flatMapToDouble(Arrays::stream)
                            .toArray();
                    return Arrays.equals(read, inferred);
                });
    }

    /** All numbers of a cell; what is not there is NaN. */
    private static double[] numbers(JsonNode cell) {
        if (cell == null || cell.isNull()) {
            return new double[] {Double.NaN};
        }
        if (!cell.isArray()) {
            return new double[] {cell.asDouble()};
        }
        List<Double> all = new ArrayList<>();
        cell.forEach(element -> Arrays.stream(numbers(element)).forEach(all::add));
        return all.stream().mapToDouble(Double::doubleValue).toArray();
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
        int differing = ends.getOrDefault("differs", 0);
        long once = ends.entrySet().stream()
                .filter(end -> !end.getKey().equals("differs") && end.getValue() == 1)
                .count();
        System.out.printf(
                "%d submitted, %d ids with exactly one result, %d differ from the batch; %.1f s, %.0f a second%n",
                submitted.get(), once, differing, seconds, submitted.get() / seconds);
        Map<Boolean, List<Answer>> metKill = answers.stream()
                .collect(Collectors.partitioningBy(answer -> killedAt.stream()
                        .anyMatch(kill -> answer.submitted() <= kill && kill <= answer.ended())));
        print("met no kill", metKill.get(false));
        print("met a kill", metKill.get(true));
        System.out.println(cluster.performance().tasks());
        return once == total && differing == 0;
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
