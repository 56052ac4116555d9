package io.murmuration.scaling.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.murmuration.scaling.PolicyEvaluation;
import io.murmuration.scaling.ScalingOutcome;
import io.murmuration.scaling.Wish;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes each tick as a line of JSON, so that the decisions of a run can be read, and made again from the metrics that it
 * saw.
 */
final class DecisionJournal implements TickSink, Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OutputStream lines;

    /** @param lines where to write; flushed after each line */
    DecisionJournal(OutputStream lines) {
        this.lines = lines;
    }

    @Override
    public void accept(TickRecord tick) throws IOException {
        lines.write((JSON.writeValueAsString(json(tick)) + "\n").getBytes(StandardCharsets.UTF_8));
        lines.flush();
    }

    private static ObjectNode json(TickRecord tick) {
        ObjectNode line = JSON.createObjectNode();
        line.put("at", tick.decision().at().toString());
        ObjectNode metrics = line.putObject("metrics");
        tick.metrics().values().forEach((metric, value) -> metrics.put(metric.key(), value));
        ObjectNode labels = line.putObject("labels");
        tick.metrics().labels().forEach(labels::put);
        line.put("present", tick.decision().present());
        line.put("recommended", tick.decision().recommended());
        ArrayNode evaluations = line.putArray("evaluations");
        tick.decision().evaluations().forEach(evaluation -> evaluations.add(json(evaluation)));
        ArrayNode reasons = line.putArray("reasons");
        tick.decision().reasons().forEach(reasons::add);
        line.set("outcome", json(tick.outcome()));
        line.putObject("instances")
                .put("ready", tick.counts().ready())
                .put("requested", tick.counts().requested())
                .put("leaving", tick.counts().leaving());
        line.put("state", tick.state().inWords());
        return line;
    }

    private static ObjectNode json(PolicyEvaluation evaluation) {
        ObjectNode node = JSON.createObjectNode().put("policy", evaluation.policy());
        if (evaluation.wish() instanceof Wish.Target target) {
            node.put("wish", "target").put("instances", target.instances());
            ObjectNode figures = node.putObject("figures");
            target.figures().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(figure -> figures.put(figure.getKey(), figure.getValue()));
        } else {
            node.put("wish", evaluation.wish() instanceof Wish.Hold ? "hold" : "abstain");
        }
        return node.put("reason", evaluation.wish().reason());
    }

    private static ObjectNode json(ScalingOutcome outcome) {
        ObjectNode node = JSON.createObjectNode();
        if (outcome instanceof ScalingOutcome.Applied applied) {
            return node.put("kind", "applied")
                    .put("from", applied.action().from())
                    .put("to", applied.action().to());
        }
        if (outcome instanceof ScalingOutcome.Advised advised) {
            return node.put("kind", "advised").put("reason", advised.reason());
        }
        if (outcome instanceof ScalingOutcome.Failed failed) {
            return node.put("kind", "failed").put("reason", failed.reason());
        }
        return node.put("kind", "unchanged");
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
