import io.murmuration.cluster.AgentStanding;
import io.murmuration.cluster.ClusterOptions;
import io.murmuration.cluster.InferenceCluster;
import io.murmuration.cluster.Submission;
import io.murmuration.cluster.task.ModelReference;
import io.murmuration.cluster.task.Observation;
import io.murmuration.cluster.task.TaskId;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Submits observations to a cluster with a journal, and notes each id that it is given; it may be killed at any time, and goes on
 * when it is started again. When all are submitted it asks for each id's result and compares it with that of a batch.
 *
 * <p>{@code ClusterRestarts DIR}: DIR has {@code model.json}, and what {@link BatchResults} reads; ids go to {@code ids.log}.
 */
final class ClusterRestarts {
    private ClusterRestarts() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        ClusterOptions options = ClusterOptions.defaults()
                .withWorkers(new ClusterOptions.Workers(1, 1, 2, 512))
                .withJournal(folder.resolve("journal"))
                // A process that is killed cannot clean up what it laid there.
                .withSpark("spark.executor.extraJavaOptions", "-Djava.io.tmpdir=" + folder.toAbsolutePath());
        BatchResults expected = BatchResults.read(folder);
        boolean good;
        try (InferenceCluster cluster = InferenceCluster.start(options)) {
            ModelReference model = cluster.register(folder.resolve("model.json"));
            submitRest(cluster, model, expected.rows(), folder.resolve("ids.log"));
            good = compare(cluster, model, expected, folder.resolve("ids.log"));
        }
        System.exit(good ? 0 : 1);
    }

    /** Submits what was not taken yet: an id may be lost with the process, but where the agent stands is not. */
    private static void submitRest(InferenceCluster cluster, ModelReference model, List<BatchResults.Row> rows, Path ids)
            throws IOException, InterruptedException {
        Map<String, Long> taken = new HashMap<>();
        for (BatchResults.Row row : rows) {
            if (!taken.containsKey(row.agent())) {
                taken.put(
                        row.agent(),
                        cluster.standing(row.agent(), model)
                                .map(AgentStanding::submitted)
                                .orElse(0L));
            }
        }
        System.out.printf("starts with %d of %d taken%n", taken.values().stream().mapToLong(n -> n).sum(), rows.size());
        try (BufferedWriter log = Files.newBufferedWriter(ids, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (BatchResults.Row row : rows) {
                if (row.time() >= taken.get(row.agent())) {
                    Submission submission = cluster.submit(row.agent(), Observation.ofOutcomes(row.outcome()), model);
                    log.write(row.agent() + "," + row.time() + "," + submission.id() + "\n");
                    log.flush();
                }
            }
        }
    }

    private static boolean compare(InferenceCluster cluster, ModelReference model, BatchResults expected, Path ids)
            throws IOException, InterruptedException {
        Map<String, BatchResults.Row> rows = new HashMap<>();
        Set<String> agents = new HashSet<>();
        expected.rows().forEach(row -> {
            rows.put(row.agent() + "," + row.time(), row);
            agents.add(row.agent());
        });
        int differing = 0;
        Set<String> known = new HashSet<>();
        List<String> lines = Files.readAllLines(ids);
        for (String line : lines) {
            int end = line.lastIndexOf(',');
            String id = line.substring(end + 1);
            known.add(id);
            boolean agrees = expected.agree(
                    rows.get(line.substring(0, end)),
                    cluster.ended(TaskId.parse(id).orElseThrow()).join());
            differing += agrees ? 0 : 1;
        }
        long inferred = 0;
        for (String agent : agents) {
            inferred += cluster.standing(agent, model).map(AgentStanding::inferred).orElse(0L);
        }
        System.out.printf(
                "%d ids were given, %d of them different; %d results differ from the batch; beliefs have seen %d of %d"
                        + " observations%n",
                lines.size(), known.size(), differing, inferred, rows.size());
        return known.size() == lines.size() && differing == 0 && inferred == rows.size();
    }
}
