package io.murmuration.jobs;

import io.murmuration.batch.ObservationRow;
import io.murmuration.cluster.AgentStanding;
import io.murmuration.cluster.InferenceCluster;
import io.murmuration.cluster.Submission;
import io.murmuration.cluster.task.InferenceRequest;
import io.murmuration.cluster.task.ModelReference;
import io.murmuration.cluster.task.Observation;
import io.murmuration.cluster.task.TaskStatus.Ended;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** Submits observations to a cluster, so many outstanding at a time, and hands on what came back in the order of submission. */
final class ClusterRun {
    private static final double NANOSECONDS = 1e9;
    private static final Duration WITHOUT_END = Duration.ofDays(36_500);

    private final InferenceCluster cluster;
    private final ModelReference model;
    private final int outstanding;
    private final Optional<Double> rate;
    private final Results results;

    /** Tasks whose results are not handed on yet. */
    private final Deque<Entry> open = new ArrayDeque<>();
    /** How many of an agent's observations an earlier run with the same journal had submitted. */
    private final Map<String, Long> taken = new HashMap<>();

    private long skipped;

    /** Where results go. */
    interface Results {
        /** What became of an observation. */
        void add(String task, ObservationRow row, Ended ended);
    }

    private record Entry(String task, ObservationRow row, CompletableFuture<Ended> ended) {}

    /**
     * @param outstanding tasks that wait for their results at a time
     * @param rate submissions a second, at most
     */
    ClusterRun(
            InferenceCluster cluster, ModelReference model, int outstanding, Optional<Double> rate, Results results) {
        this.cluster = cluster;
        this.model = model;
        this.outstanding = outstanding;
        this.rate = rate;
        this.results = results;
    }

    /** Submits all that was not submitted before, and waits for their results. */
    void submit(Iterator<ObservationRow> rows) throws InterruptedException {
        // Those of an earlier run would take the places of these.
        cluster.awaitIdle(WITHOUT_END);
        Map<String, Long> seen = new HashMap<>();
        long start = System.nanoTime();
        long submitted = 0;
        while (rows.hasNext()) {
            ObservationRow row = rows.next();
            if (seen.merge(row.agent(), 1L, Long::sum) <= taken(row.agent())) {
                skipped++;
                continue;
            }
            if (open.size() == outstanding) {
                handOn();
            }
            if (rate.isPresent()) {
                awaitTurn(start + (long) (submitted * NANOSECONDS / rate.get()));
            }
            Submission submission = cluster.submit(
                    InferenceRequest.of(row.agent(), new Observation(row.observation(), row.action()), model)
                            .at(row.time()));
            open.add(new Entry(submission.id().toString(), row, submission.ended()));
            submitted++;
            while (!open.isEmpty() && open.getFirst().ended().isDone()) {
                handOn();
            }
        }
        while (!open.isEmpty()) {
            handOn();
        }
    }

    /** Observations that an earlier run had submitted. */
    long skipped() {
        return skipped;
    }

    private long taken(String agent) throws InterruptedException {
        if (!taken.containsKey(agent)) {
            taken.put(
                    agent,
                    cluster.standing(agent, model).map(AgentStanding::submitted).orElse(0L));
        }
        return taken.get(agent);
    }

    private static void awaitTurn(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Waits for the result that is next. */
    private void handOn() {
        Entry entry = open.removeFirst();
        results.add(entry.task(), entry.row(), entry.ended().join());
    }
}
