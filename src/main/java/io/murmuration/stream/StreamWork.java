package io.murmuration.stream;

import io.murmuration.batch.CompiledModel;
import io.murmuration.batch.PartitionInference;
import io.murmuration.stream.agent.Alerts;
import io.murmuration.stream.agent.TimeToLive;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.types.StructType;

/**
 * What every task of a stream is told.
 *
 * @param inference what is done with rows
 * @param tables that are written
 * @param folder where attempts write
 * @param rows the form of {@link StreamRows}
 * @param slotMicros length of the slots in which rows wait for the watermark; 0 where none wait
 * @param timeToLive of idle agents; null where they are kept for good
 * @param alertShare of an agent's rows that surprise it less than one that is an alert; 0 where there are no alerts
 */
public record StreamWork(
        PartitionInference inference,
        StreamTables tables,
        String folder,
        StructType rows,
        long slotMicros,
        TimeToLive timeToLive,
        double alertShare)
        implements Serializable {

    boolean holds() {
        return slotMicros > 0;
    }

    TimeMode timeMode() {
        if (holds()) {
            return TimeMode.EventTime();
        }
        return timeToLive == null ? TimeMode.None() : TimeMode.ProcessingTime();
    }

    /** What finds alerts in a task; empty where there are none. */
    Optional<Alerts> alerts(List<CompiledModel> models) {
        return alertShare > 0 ? Optional.of(new Alerts(alertShare, models)) : Optional.empty();
    }
}
