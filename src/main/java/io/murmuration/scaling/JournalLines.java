package io.murmuration.scaling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lines of a decision journal as JSON, both ways: what is read is equal to what was written, to the last bit. */
final class JournalLines {
    static final int VERSION = 1;
    private static final String FORMAT = "murmuration-scaling-journal";
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private JournalLines() {}

    static String header(ScalingSettings settings) {
        ObjectNode header = JSON.createObjectNode();
        header.put("format", FORMAT).put("version", VERSION);
        ScalingContext context = settings.context();
        header.putObject("context")
                .put("interval_seconds", context.interval().toMillis() / 1e3)
                .put("min_instances", context.minInstances())
                .put("max_instances", context.maxInstances())
                .put("delay_target_seconds", context.delayTarget().toMillis() / 1e3);
        header.set("settings", settings.toJson());
        return text(header);
    }

    static ScalingSettings readHeader(String line) {
        JsonNode header = tree(line);
        if (!header.path("format").asText().equals(FORMAT)) {
            throw new IllegalArgumentException(
                    "is not the header of a decision journal, expected {\"format\":\"" + FORMAT + "\", …}");
        }
        if (header.path("version").asInt() != VERSION) {
            throw new IllegalArgumentException("has version " + header.path("version") + ", expected " + VERSION);
        }
        return ScalingSettings.of(header.path("settings"));
    }

    static String tick(JournalTick tick) {
        ObjectNode line = JSON.createObjectNode();
        line.put("clock", tick.clock().toString());
        line.set("metrics", metrics(tick.metrics()));
        line.set("decision", decision(tick.decision()));
        line.set("outcome", outcome(tick.outcome()));
        return text(line);
    }

    static JournalTick readTick(String line) {
        JsonNode tick = tree(line);
        ResourceMetrics metrics = readMetrics(need(tick, "metrics"));
        return new JournalTick(
                instant(tick, "clock"),
                metrics,
                readDecision(need(tick, "decision"), metrics.timestamp()),
                readOutcome(need(tick, "outcome")));
    }

    private static ObjectNode metrics(ResourceMetrics metrics) {
        ObjectNode node = JSON.createObjectNode();
        node.put("timestamp", metrics.timestamp().toString());
        ObjectNode values = node.putObject("values");
        ObjectNode units = JSON.createObjectNode();
        metrics.values().forEach((metric, value) -> {
            values.put(metric.key(), value);
            unit(metric, units);
        });
        ArrayNode unusable = JSON.createArrayNode();
        metrics.unusable().forEach(metric -> {
            unusable.add(metric.key());
            unit(metric, units);
        });
        ObjectNode labels = JSON.createObjectNode();
        metrics.labels().forEach(labels::put);
        setIfAny(node, "units", units);
        setIfAny(node, "unusable", unusable);
        setIfAny(node, "labels", labels);
        return node;
    }

    /** The unit of a metric that has no other home. */
    private static void unit(Metric metric, ObjectNode units) {
        if (Metric.named(metric.key()).isEmpty()) {
            units.put(metric.key(), metric.unit().name());
        }
    }

    private static void setIfAny(ObjectNode node, String key, JsonNode value) {
        if (!value.isEmpty()) {
            node.set(key, value);
        }
    }

    private static ResourceMetrics readMetrics(JsonNode node) {
        ResourceMetrics.Builder metrics = ResourceMetrics.at(instant(node, "timestamp"));
        JsonNode units = node.path("units");
        fields(need(node, "values")).forEach((key, value) -> metrics.with(metric(key, units), number(value)));
        node.path("unusable").forEach(key -> metrics.with(metric(key.asText(), units), Double.NaN));
        fields(node.path("labels")).forEach((key, label) -> metrics.label(key, label.asText()));
        return metrics.build();
    }

    private static Metric metric(String key, JsonNode units) {
        return Metric.named(key)
                .orElseGet(() ->
                        new Metric(key, Metric.Unit.valueOf(need(units, key).asText())));
    }

    private static ObjectNode decision(ScalingDecision decision) {
        ObjectNode node = JSON.createObjectNode();
        node.put("present", decision.present()).put("recommended", decision.recommended());
        ArrayNode reasons = node.putArray("reasons");
        decision.reasons().forEach(reasons::add);
        ArrayNode evaluations = node.putArray("evaluations");
        for (PolicyEvaluation evaluation : decision.evaluations()) {
            ObjectNode said = evaluations.addObject().put("policy", evaluation.policy());
            Wish wish = evaluation.wish();
            if (wish instanceof Wish.Target target) {
                said.put("wish", "target").put("instances", target.instances());
                ObjectNode figures = JSON.createObjectNode();
                target.figures().forEach(figures::put);
                setIfAny(said, "figures", figures);
            } else {
                said.put("wish", wish instanceof Wish.Hold ? "hold" : "abstain");
            }
            said.put("reason", wish.reason());
        }
        return node;
    }

    private static ScalingDecision readDecision(JsonNode node, Instant at) {
        List<PolicyEvaluation> evaluations = new ArrayList<>();
        for (JsonNode said : need(node, "evaluations")) {
            evaluations.add(new PolicyEvaluation(need(said, "policy").asText(), readWish(said)));
        }
        List<String> reasons = new ArrayList<>();
        need(node, "reasons").forEach(reason -> reasons.add(reason.asText()));
        return new ScalingDecision(at, integer(node, "present"), integer(node, "recommended"), evaluations, reasons);
    }

    private static Wish readWish(JsonNode said) {
        String reason = need(said, "reason").asText();
        String wish = need(said, "wish").asText();
        return switch (wish) {
            case "hold" -> new Wish.Hold(reason);
            case "abstain" -> new Wish.Abstain(reason);
            case "target" -> {
                Map<String, Double> figures = new LinkedHashMap<>();
                fields(said.path("figures")).forEach((name, value) -> figures.put(name, number(value)));
                yield new Wish.Target(integer(said, "instances"), reason, figures);
            }
            default ->
                throw new IllegalArgumentException("has the wish \"" + wish + "\", expected target, hold or abstain");
        };
    }

    private static ObjectNode outcome(ScalingOutcome outcome) {
        ObjectNode node = JSON.createObjectNode();
        if (outcome instanceof ScalingOutcome.Applied applied) {
            ScaleAction action = applied.action();
            return node.put("became", "applied")
                    .put("at", action.at().toString())
                    .put("from", action.from())
                    .put("to", action.to());
        }
        if (outcome instanceof ScalingOutcome.Advised advised) {
            return node.put("became", "advised").put("reason", advised.reason());
        }
        return outcome instanceof ScalingOutcome.Failed failed
                ? node.put("became", "failed").put("reason", failed.reason())
                : node.put("became", "unchanged");
    }

    private static ScalingOutcome readOutcome(JsonNode node) {
        String became = need(node, "became").asText();
        return switch (became) {
            case "unchanged" -> new ScalingOutcome.Unchanged();
            case "advised" -> new ScalingOutcome.Advised(need(node, "reason").asText());
            case "failed" -> new ScalingOutcome.Failed(need(node, "reason").asText());
            case "applied" ->
                new ScalingOutcome.Applied(
                        new ScaleAction(instant(node, "at"), integer(node, "from"), integer(node, "to")));
            default ->
                throw new IllegalArgumentException(
                        "has the outcome \"" + became + "\", expected unchanged, applied, advised or failed");
        };
    }

    private static JsonNode need(JsonNode node, String key) {
        JsonNode value = node.get(key);
        if (value == null) {
            throw new IllegalArgumentException("has no \"" + key + "\" where one is expected");
        }
        return value;
    }

    private static int integer(JsonNode node, String key) {
        JsonNode value = need(node, key);
        if (!value.canConvertToInt()) {
            throw new IllegalArgumentException("has " + value + " as \"" + key + "\", expected a whole number");
        }
        return value.intValue();
    }

    /** A number; what JSON has no number for, as NaN, stands in quotes. */
    private static double number(JsonNode value) {
        if (!value.isNumber() && !value.isTextual()) {
            throw new IllegalArgumentException("has " + value + " where a number is expected");
        }
        return value.isNumber() ? value.doubleValue() : Double.parseDouble(value.textValue());
    }

    private static Instant instant(JsonNode node, String key) {
        String text = need(node, key).asText();
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "has \"" + text + "\" as \"" + key + "\", expected a moment such as 2026-01-31T12:00:00Z", e);
        }
    }

    private static Map<String, JsonNode> fields(JsonNode node) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    private static JsonNode tree(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static String text(JsonNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree of JSON is always text", e);
        }
    }
}
