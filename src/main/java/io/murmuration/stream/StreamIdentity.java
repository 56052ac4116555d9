package io.murmuration.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.murmuration.batch.CallerException;
import io.murmuration.batch.Fleet;
import io.murmuration.batch.TimeType;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What makes a stream the same one when it is started again: it stands in the checkpoint and in the output folder, so that
 * both are known to belong together, and results cannot change in the middle for another reason than the observations.
 *
 * @param version of this record
 * @param id of the stream
 * @param models hashes of the model files by name
 * @param seed of stochastic choices
 * @param statePartitions into how many parts agents are divided: Spark keeps that number for good
 * @param timeType of the observations
 * @param step of time at which missing observations are inserted, in the unit of the times; 0 where none are
 * @param holdMicros how long rows are held for earlier ones; −1 where none are
 * @param source of the observations
 * @param timeToLiveMicros how long idle agents are kept; −1 where they are kept for good
 * @param alertShare of an agent's rows that surprise it less than one that is an alert; 0 where there are no alerts
 * @param initial output of an earlier run that agents began from; empty where there is none
 * @param partitioning of the results: readers want folders that are alike
 */
public record StreamIdentity(
        int version,
        String id,
        Map<String, String> models,
        long seed,
        int statePartitions,
        TimeType timeType,
        long step,
        long holdMicros,
        String source,
        long timeToLiveMicros,
        double alertShare,
        String initial,
        String partitioning) {
    private static final int VERSION = 2;
    /** Said nothing of partitioning: there was none. */
    private static final int WITHOUT_PARTITIONING = 1;

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    /** A new stream. */
    static StreamIdentity begin(Fleet fleet, int statePartitions, TimeType timeType, long step, StreamOptions options) {
        return begin(
                fleet,
                statePartitions,
                timeType,
                step,
                options,
                options.source().kind());
    }

    /** A new stream over a source that the options do not say all of. */
    public static StreamIdentity begin(
            Fleet fleet, int statePartitions, TimeType timeType, long step, StreamOptions options, String source) {
        return new StreamIdentity(
                VERSION,
                UUID.randomUUID().toString(),
                hashes(fleet),
                options.inference().seed(),
                statePartitions,
                timeType,
                step,
                options.holdMicros(),
                source,
                options.timeToLiveMicros(),
                options.alertShare().orElse(0.0),
                options.initial().orElse(""),
                options.partitioning().text());
    }

    /** The same stream, which goes on with other models. */
    private StreamIdentity with(Map<String, String> others) {
        return new StreamIdentity(
                version,
                id,
                others,
                seed,
                statePartitions,
                timeType,
                step,
                holdMicros,
                source,
                timeToLiveMicros,
                alertShare,
                initial,
                partitioning);
    }

    private static Map<String, String> hashes(Fleet fleet) {
        Map<String, String> hashes = new TreeMap<>();
        fleet.members().forEach(member -> hashes.put(member.name(), member.sha256()));
        return hashes;
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @param where it stands, for people
     * @throws CallerException if it is something else, or of a version that this program does not know
     */
    static StreamIdentity parse(String json, String where) {
        try {
            if (!(JSON.readTree(json) instanceof ObjectNode record)
                    || !record.path("version").isInt()) {
                throw new CallerException(
                        where + " is no record of a stream: expected an object that tells its version");
            }
            int version = record.get("version").intValue();
            if (version == WITHOUT_PARTITIONING) {
                record.put("version", VERSION).put("partitioning", Partitioning.NONE.text());
            } else if (version != VERSION) {
                throw new CallerException(
                        "The stream at " + where + " was begun by another version of this program (its"
                                + " record is of version " + version + ", expected " + WITHOUT_PARTITIONING
                                + " to " + VERSION + ")");
            }
            return JSON.treeToValue(record, StreamIdentity.class);
        } catch (JsonProcessingException e) {
            throw new CallerException(where + " is no record of a stream: " + e.getOriginalMessage());
        }
    }

    String json() {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Checks that a start goes on with this stream and not with something else.
     *
     * @param acceptModel whether other models than those it was begun with may go on
     * @throws CallerException if one of the things that are kept for good is another one
     */
    public StreamIdentity checkGoesOnAs(StreamIdentity now, boolean acceptModel) {
        check("--seed", seed, now.seed);
        check("the type of the times", timeType, now.timeType);
        check("--step", step, now.step);
        check("--watermark (in microseconds)", holdMicros, now.holdMicros);
        check("the source", source, now.source);
        check("--ttl (in microseconds)", timeToLiveMicros, now.timeToLiveMicros);
        check("--alert-quantile", alertShare, now.alertShare);
        check("--partition-by", partitioning, now.partitioning);
        check("--partitions", statePartitions, now.statePartitions);
        // What was found is kept by the place of a model among all.
        if (acceptModel && !now.models.keySet().equals(models.keySet())) {
            throw new CallerException("The stream was begun with models named " + String.join(", ", models.keySet())
                    + ", expected models of these names and no others (--model)");
        }
        if (!acceptModel && !models.equals(now.models)) {
            throw new CallerException(
                    "The stream was begun with other models than those of --model: give --accept-model"
                            + " if their states fit, or begin a new stream");
        }
        return with(now.models);
    }

    /**
     * Checks that agents begin from what they were to begin from, as long as they have not.
     *
     * @throws CallerException if it is something else
     */
    void checkBeginsAs(StreamIdentity now) {
        check("--initial", initial.isEmpty() ? "none" : initial, now.initial.isEmpty() ? "none" : now.initial);
    }

    private static void check(String what, Object begun, Object now) {
        if (!begun.equals(now)) {
            throw new CallerException("The stream was begun with " + what + " " + begun
                    + ", which it keeps for good, but it is now " + now);
        }
    }
}
