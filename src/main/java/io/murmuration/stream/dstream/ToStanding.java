package io.murmuration.stream.dstream;

import io.murmuration.batch.Fleet;
import io.murmuration.batch.StandingTables.Standing;
import io.murmuration.stream.StateExport;
import java.util.Map;
import org.apache.spark.api.java.function.Function;

/**
 * Where an agent stands, of what is kept of it.
 *
 * @param fleet the models
 */
record ToStanding(Fleet fleet) implements Function<Map.Entry<String, byte[]>, Standing> {
    @Override
    public Standing call(Map.Entry<String, byte[]> agent) {
        return StateExport.standing(fleet, agent.getKey(), agent.getValue());
    }
}
