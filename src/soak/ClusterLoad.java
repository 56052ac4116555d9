import io.murmuration.cluster.ClusterOptions;
import io.murmuration.cluster.InferenceCluster;
import io.murmuration.cluster.SubmissionRefusedException;
import io.murmuration.cluster.task.ModelReference;
import io.murmuration.cluster.task.Observation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Waiting time against load: submits so many observations a second, evenly and whatever becomes of them, and prints how long
 * results took from the moment at which each was due to be submitted. A line of CSV for each load.
 *
 * <p>{@code ClusterLoad DIR SECONDS QUEUE SIZE AGE_MS RATE...}: DIR has {@code model.json}.
 */
final class ClusterLoad {
    private static final int AGENTS = 100_000;
    private static final int FEW = 4;
    private static final int WARM_UP = 8_000;
    private static final long OPENED = System.nanoTime();

    private ClusterLoad() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        int queue = Integer.parseInt(arguments[2]);
        int size = Integer.parseInt(arguments[3]);
        Duration age = Duration.ofMillis(Long.parseLong(arguments[4]));
        ClusterOptions options = ClusterOptions.defaults()
                .withLimits(new ClusterOptions.Limits(queue, 10_000_000, 1000, Duration.ofMinutes(1)))
                .withMicroBatches(new ClusterOptions.MicroBatches(size, age, 3));
        try (InferenceCluster cluster = InferenceCluster.start(options)) {
            ModelReference model = cluster.register(folder.resolve("model.json"));
            warmUp(cluster, model);
            for (int i = 5; i < arguments.length; i++) {
                int rate = Integer.parseInt(arguments[i]);
                System.out.println(size + "," + age.toMillis() + "," + load(cluster, model, rate, seconds));
            }
        }
    }

    /** Until the code is compiled, of workers too: few observations a micro-batch, so that there are many. */
    private static void warmUp(InferenceCluster cluster, ModelReference model) throws InterruptedException {
        Semaphore places = new Semaphore(FEW);
        for (int i = 0; i < WARM_UP; i++) {
            places.acquire();
            cluster.submit("agent-" + i % AGENTS, Observation.ofOutcomes(i % 2), model)
                    .ended()
                    .whenComplete((status, stopped) -> places.release());
        }
        places.acquire(FEW);
    }

    private static String load(InferenceCluster cluster, ModelReference model, int rate, int seconds)
            throws InterruptedException {
        int total = rate * seconds;
        long[] nanoseconds = new long[total];
        AtomicLong last = new AtomicLong();
        Semaphore ended = new Semaphore(0);
        int refused = 0;
        long start = System.nanoTime();
        for (int i = 0; i < total; i++) {
            long due = start + (long) (i * 1e9 / rate);
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            int place = i - refused;
            try {
                cluster.submit("agent-" + i % AGENTS, Observation.ofOutcomes(i % 2), model)
                        .ended()
                        .whenComplete((status, stopped) -> {
                            long now = System.nanoTime();
                            nanoseconds[place] = now - due;
                            last.accumulateAndGet(now - OPENED, Math::max);
                            ended.release();
                        });
            } catch (SubmissionRefusedException e) {
                refused++;
            }
        }
        int taken = total - refused;
        ended.acquire(taken);
        double took = (last.get() + OPENED - start) / 1e9;
        long[] sorted = Arrays.copyOf(nanoseconds, taken);
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "%d,%d,%d,%.0f,%.1f,%.1f,%.1f,%.1f",
                rate,
                total,
                refused,
                taken / took,
                sorted[taken / 2] / 1e6,
                sorted[(int) (taken * 0.9)] / 1e6,
                sorted[(int) (taken * 0.99)] / 1e6,
                sorted[taken - 1] / 1e6);
    }
}
