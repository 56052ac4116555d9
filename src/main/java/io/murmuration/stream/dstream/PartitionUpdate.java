package io.murmuration.stream.dstream;

import io.murmuration.batch.CallerException;
import io.murmuration.batch.TaskEnd;
import io.murmuration.stream.PartitionStep;
import io.murmuration.stream.StreamWork;
import io.murmuration.stream.agent.Intake;
import io.murmuration.stream.agent.KeyedRow;
import io.murmuration.stream.agent.Moment;
import java.util.HashMap;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.Optional;
import org.apache.spark.api.java.function.Function4;
import org.apache.spark.streaming.State;
import org.apache.spark.streaming.Time;

/**
 * Puts the rows that a micro-batch brings to a state partition through the kernels, and hands on how that ended. A task may
 * do several micro-batches, of which only the last one is heard, where Spark computes a state again.
 */
final class PartitionUpdate
        implements Function4<Time, Integer, Optional<Arrivals>, State<HashMap<String, byte[]>>, Optional<byte[]>> {
    private static final long serialVersionUID = 1L;

    @Override
    public Optional<byte[]> call(
            Time time, Integer partition, Optional<Arrivals> arrivals, State<HashMap<String, byte[]>> state) {
        if (!arrivals.isPresent()) {
            return Optional.empty();
        }
        StreamWork work = arrivals.get().work();
        AgentSnapshot agents = AgentSnapshot.copyOf(state.exists() ? state.get() : new HashMap<>());
        TaskContext task = TaskContext.get();
        String attempt = work.folder() + "/attempt-" + time.milliseconds() + "-" + task.partitionId() + "-"
                + task.taskAttemptId();
        Intake intake =
                Intake.of(arrivals.get().rows().stream().map(KeyedRow::of).toList());
        try {
            TaskEnd end =
                    new TaskEnd.Done<>(new PartitionStep(work, agents, moment(time)).run(intake, attempt, aside -> {
                        // Agents are kept for good.
                    }));
            state.update(agents.agents());
            return Optional.of(end.toBytes());
        } catch (CallerException e) {
            return Optional.of(new TaskEnd.Refusal(e.getMessage()).toBytes());
        }
    }

    private static Moment moment(Time time) {
        return new Moment(
                time.milliseconds(), TimeUnit.MILLISECONDS.toMicros(time.milliseconds()), java.util.Optional.empty());
    }
}
