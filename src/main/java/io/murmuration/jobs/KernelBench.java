package io.murmuration.jobs;

import io.murmuration.batch.CallerException;
import io.murmuration.environment.ClosedLoop;
import io.murmuration.inference.AgentBlock;
import io.murmuration.inference.Draws;
import io.murmuration.inference.InferenceKernel;
import io.murmuration.inference.ObservationBlock;
import io.murmuration.inference.ResultBlock;
import io.murmuration.model.GenerativeModel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The speed of {@link AgentBlock#step} and of nothing else. Agents come in blocks, as in the infer job; what they see is
 * what the world of their own model shows them, made before the clock starts.
 */
final class KernelBench {
    private static final long SEED = 0;
    private static final int LANES = 256;
    private static final int ROUNDS = 7;
    private static final double WARM_UP_SECONDS = 2;
    private static final double ROUND_SECONDS = 0.3;
    /** Numbers that the results of a block may take: 512 MiB. */
    private static final long ROOM = 1L << 26;

    private final GenerativeModel model;
    private final InferenceKernel kernel;
    private final int agents;
    private final int steps;
    private final int threads;

    KernelBench(GenerativeModel model, int agents, int steps, int threads) {
        this.model = model;
        this.agents = agents;
        this.steps = steps;
        this.threads = threads;
        kernel = InferenceKernel.compile(model);
        long most = ROOM / ((long) LANES * kernel.layout().width());
        if (steps > most) {
            throw new CallerException(
                    "--steps is " + steps + ", but a block of this model's agents has room for " + most);
        }
    }

    /** The median of several rounds, after a warm-up; threads run side by side, and their rates are added. */
    double agentStepsPerSecond() {
        double[][] rates = new double[threads][];
        RunTogether.run(threads, thread -> rates[thread] = new Worker(thread).rates());
        double[] together = IntStream.range(0, ROUNDS)
                .mapToDouble(
                        round -> Arrays.stream(rates).mapToDouble(r -> r[round]).sum())
                .sorted()
                .toArray();
        return together[ROUNDS / 2];
    }

    /** One thread's share of the agents. */
    private final class Worker {
        private final int from;
        private final int to;
        private final ClosedLoop loop = new ClosedLoop(model, model, LANES, steps, SEED);
        private final AgentBlock block = kernel.block(LANES, SEED);
        private final ObservationBlock observations =
                new ObservationBlock(LANES, steps, kernel.observationWidth(), kernel.actionWidth());
        private final ResultBlock results = new ResultBlock(LANES, steps, kernel.layout());
        private long taken;
        private long nanos;

        Worker(int thread) {
            from = (int) ((long) agents * thread / threads);
            to = (int) ((long) agents * (thread + 1) / threads);
        }

        double[] rates() {
            measure(WARM_UP_SECONDS);
            return IntStream.range(0, ROUNDS)
                    .mapToDouble(round -> measure(ROUND_SECONDS))
                    .toArray();
        }

        /** Runs all agents, again and again until so much time was spent in steps; agent-steps a second. */
        private double measure(double seconds) {
            taken = 0;
            nanos = 0;
            while (nanos < seconds * 1e9) {
                for (int first = from; first < to; first += LANES) {
                    run(first, Math.min(to, first + LANES));
                }
            }
            return taken / (nanos / 1e9);
        }

        private void run(int first, int last) {
            List<String> ids =
                    IntStream.range(first, last).mapToObj(i -> "agent-" + i).toList();
            loop.run(ids);
            int lanes = ids.size();
            for (int lane = 0; lane < lanes; lane++) {
                block.start(lane, Draws.agentKey(ids.get(lane)));
            }
            see(lanes);
            long start = System.nanoTime();
            for (int step = 0; step < steps; step++) {
                block.step(lanes, observations, step, results);
            }
            nanos += System.nanoTime() - start;
            taken += (long) lanes * steps;
        }

        /** Takes what was observed in the loop but not what was done: the agents choose it again. */
        private void see(int lanes) {
            ObservationBlock seen = loop.observations();
            for (int step = 0; step < steps; step++) {
                for (int lane = 0; lane < lanes; lane++) {
                    observations.setTime(step, lane, seen.time(step, lane));
                    for (int e = 0; e < kernel.observationWidth(); e++) {
                        observations.setObservation(step, e, lane, seen.observation(step, e, lane));
                    }
                }
            }
        }
    }
}
