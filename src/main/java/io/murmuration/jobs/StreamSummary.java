package io.murmuration.jobs;

import io.murmuration.batch.Fleet;
import io.murmuration.batch.InferenceOptions;
import io.murmuration.batch.OutputFolder;
import io.murmuration.stream.StreamCounts;
import io.murmuration.stream.StreamOptions;
import io.murmuration.stream.StreamOutcome;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code summary.json} says of a stream at its end.
 *
 * @param options what was asked for
 * @param words the command line
 * @param seconds from start to end
 */
record StreamSummary(Fleet fleet, StreamOutcome outcome, StreamOptions options, List<String> words, double seconds) {

    void write(OutputFolder folder) {
        folder.write("summary.json", Json.pretty(json()));
    }

    private Map<String, Object> json() {
        StreamCounts counts = outcome.counts();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("job", "stream");
        json.put("version", Version.text());
        json.put("model_sha256", FleetFiles.sha256(fleet));
        json.put("seed", options.inference().seed());
        json.put("options", resultOptions());
        json.put("rows_read", counts.read());
        json.put("rows_written", counts.written());
        json.put("rows_rejected", counts.rejected());
        json.put("rejected", counts.rejectedByCode());
        json.put("rows_late", counts.late());
        json.put("duplicates", counts.duplicates());
        json.put("rows_held", counts.held());
        json.put("rows_inserted", counts.inserted());
        json.put("agents", outcome.agents());
        Map<String, Object> models = new LinkedHashMap<>();
        for (int i = 0; i < fleet.members().size(); i++) {
            models.put(fleet.members().get(i).name(), outcome.summaries().get(i));
        }
        json.put("models", models);
        json.put("batch", outcome.batch());
        json.put("state_partitions", outcome.statePartitions());
        json.put("run", Map.of("command", words, "seconds", seconds));
        return json;
    }

    /** The options that results depend on. */
    private Map<String, Object> resultOptions() {
        InferenceOptions inference = options.inference();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("agent", inference.columns().agent());
        all.put("time", inference.columns().time());
        all.put("model_column", fleet.named() ? inference.columns().model() : null);
        all.put("observation", inference.columns().observation());
        all.put("format", options.format().text());
        all.put("select", inference.select());
        all.put("step", inference.step().orElse(null));
        all.put("precision", inference.precision().name().toLowerCase(Locale.ROOT));
        all.put("watermark", options.watermark().map(Duration::toString).orElse(null));
        return all;
    }
}
