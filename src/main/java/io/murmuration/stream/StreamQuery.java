package io.murmuration.stream;

import static org.apache.spark.sql.functions.col;

import io.murmuration.batch.OutputFolder;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.KeyValueGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;

/**
 * Spark's query that puts a stream's rows through its state partitions.
 *
 * @param rows in the form of {@link StreamRows}
 * @param work that is done in its tasks
 * @param commit what happens when they have done a micro-batch
 * @param checkpoint where Spark keeps its books and the state
 * @param options how the stream is run
 * @param stop by which it is stopped
 * @param watch that hears of its end
 */
record StreamQuery(
        Dataset<Row> rows,
        StreamWork work,
        MicroBatchCommit commit,
        OutputFolder checkpoint,
        StreamOptions options,
        StopRequest stop,
        StreamWatch watch) {

    /**
     * Runs until all that is there was done, or it is stopped.
     *
     * @param initial agents that a new stream begins with
     * @throws io.murmuration.batch.CallerException for a mistake in options or input
     */
    void run(Optional<InitialAgents> initial) {
        try {
            StreamingQuery query = ends(initial)
                    .writeStream()
                    .queryName("murmuration stream")
                    .foreachBatch(commit)
                    .option("checkpointLocation", checkpoint.path(""))
                    .trigger(options.trigger()
                            .map(every -> Trigger.ProcessingTime(every.toMillis()))
                            .orElse(Trigger.AvailableNow()))
                    .start();
            stop.runs(query);
            query.awaitTermination();
            watch.awaitEnd();
        } catch (TimeoutException | StreamingQueryException e) {
            throw options.source().mistake(e).orElseGet(() -> StreamFailure.of(e, checkpoint.show("")));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The stream was interrupted", e);
        } finally {
            stop.ended();
        }
    }

    /** How each task's part of a micro-batch ended. */
    private Dataset<byte[]> ends(Optional<InitialAgents> initial) {
        KeyValueGroupedDataset<Integer, Row> grouped =
                rows.groupBy(col(StreamRows.PARTITION)).as(Encoders.INT(), Encoders.row(rows.schema()));
        AgentProcessor processor = new AgentProcessor(work);
        return initial.map(agents -> grouped.transformWithState(
                        processor,
                        work.timeMode(),
                        OutputMode.Append(),
                        agents.grouped(),
                        Encoders.BINARY(),
                        Encoders.row(agents.states().schema())))
                .orElseGet(() ->
                        grouped.transformWithState(processor, work.timeMode(), OutputMode.Append(), Encoders.BINARY()));
    }
}
