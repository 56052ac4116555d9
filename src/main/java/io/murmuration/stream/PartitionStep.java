package io.murmuration.stream;

import io.murmuration.batch.CompiledModel;
import io.murmuration.batch.TableFiles;
import io.murmuration.stream.agent.AgentGroups;
import io.murmuration.stream.agent.AgentStore;
import io.murmuration.stream.agent.Intake;
import io.murmuration.stream.agent.Moment;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;

/**
 * What a micro-batch does to a state partition: rows go through the kernels, states are moved, all tables written in one
 * pass into a folder of the attempt alone.
 *
 * @param work that the stream does
 * @param agents of the partition
 * @param moment at which it is done
 */
public record PartitionStep(StreamWork work, AgentStore agents, Moment moment) {

    /**
     * Runs in a task of Spark.
     *
     * @param intake what came, and what is due
     * @param attempt folder of this attempt
     * @param last what is left to do when all rows have been inferred
     */
    public MicroBatchPart run(Intake intake, String attempt, Consumer<AgentGroups.Aside> last) {
        AgentGroups groups = new AgentGroups(
                intake,
                agents,
                moment,
                work.inference().fleet(),
                work.inference().form());
        List<CompiledModel> models = work.inference().compile();
        TableFiles files = new TableFiles(attempt, TaskContext.getPartitionId());
        try (MicroBatchWriter writer =
                new MicroBatchWriter(work.tables(), models, files, groups, work.alerts(models))) {
            work.inference().start(groups.rows(writer), models, writer).finish();
            last.accept(writer);
            return writer.finish(intake);
        }
    }
}
