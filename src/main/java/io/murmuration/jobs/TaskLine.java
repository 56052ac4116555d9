package io.murmuration.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.murmuration.batch.CallerException;
import io.murmuration.orchestration.TaskRequest;
import io.murmuration.orchestration.assignment.Requirement;
import io.murmuration.orchestration.assignment.Requirements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A line of a file of tasks: a task, or a question for a group.
 *
 * @param request what is to be done; its deadline is not set
 * @param deadline from when it is submitted
 * @param question who is asked; empty for a task
 */
record TaskLine(TaskRequest request, Optional<Duration> deadline, Optional<Question> question) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> KEYS = Set.of(
            "name",
            "payload",
            "requirements",
            "priority",
            "agent",
            "deadline_seconds",
            "time_limit_seconds",
            "attempts",
            "ask",
            "pool");
    private static final double MILLISECONDS = 1000;

    /**
     * A question for a group.
     *
     * @param agents who are asked
     * @param pool what is made of their answers
     */
    record Question(List<String> agents, AnswerPool pool) {}

    /**
     * Reads a file of JSON lines.
     *
     * @throws CallerException if a line is neither a task nor a question
     */
    static List<TaskLine> read(Path file) {
        List<TaskLine> lines = new ArrayList<>();
        int number = 0;
        try {
            for (String line : Files.readAllLines(file)) {
                number++;
                if (!line.isBlank()) {
                    lines.add(parse(line));
                }
            }
        } catch (JsonProcessingException e) {
            throw new CallerException(file + " (--tasks), line " + number + " is no JSON: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IllegalArgumentException e) {
            throw new CallerException(file + " (--tasks), line " + number + ": " + e.getMessage());
        } catch (IOException e) {
            throw new CallerException(file + " (--tasks) "
                    + (Files.exists(file) ? "cannot be read as text" : "does not exist") + ", expected JSON lines");
        }
        if (lines.isEmpty()) {
            throw new CallerException(file + " (--tasks) has no lines, expected a task a line");
        }
        return lines;
    }

    private static TaskLine parse(String line) throws JsonProcessingException {
        JsonNode json = JSON.readTree(line);
        if (!json.isObject()) {
            throw new IllegalArgumentException("it is " + json + ", expected an object");
        }
        json.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("the key \"" + key + "\" is not known, expected some of "
                        + String.join(", ", KEYS.stream().sorted().toList()));
            }
        });
        JsonNode payload = json.has("payload") ? json.get("payload") : JsonNodeFactory.instance.objectNode();
        TaskRequest request = TaskRequest.of(json.path("name").asText("task"), payload)
                .withRequirements(requirements(json.path("requirements")))
                .withPriority(json.path("priority").asInt(0));
        if (json.has("agent")) {
            request = request.pinnedTo(json.get("agent").asText());
        }
        if (json.has("attempts")) {
            request = request.withAttempts(json.get("attempts").asInt());
        }
        Optional<Duration> limit = seconds(json, "time_limit_seconds");
        if (limit.isPresent()) {
            request = request.withTimeLimit(limit.get());
        }
        return new TaskLine(request, seconds(json, "deadline_seconds"), question(json));
    }

    private static Optional<Duration> seconds(JsonNode json, String key) {
        JsonNode value = json.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value.asDouble() > 0)) {
            throw new IllegalArgumentException(key + " is " + value + ", expected more than 0");
        }
        return Optional.of(Duration.ofMillis(Math.max(1, Math.round(value.asDouble() * MILLISECONDS))));
    }

    private static Optional<Question> question(JsonNode json) {
        if (json.has("ask") != json.has("pool")) {
            throw new IllegalArgumentException("ask and pool go together, expected both or neither");
        }
        if (!json.has("ask")) {
            return Optional.empty();
        }
        List<String> agents = new ArrayList<>();
        json.get("ask").forEach(agent -> agents.add(agent.asText()));
        if (agents.isEmpty() || Set.copyOf(agents).size() < agents.size()) {
            throw new IllegalArgumentException("ask is " + json.get("ask") + ", expected a list of agents that differ");
        }
        return Optional.of(new Question(agents, AnswerPool.of(json.get("pool").asText())));
    }

    /** What columns of a matching's tasks are called. */
    private static Requirements requirements(JsonNode json) {
        List<Requirement> all = new ArrayList<>();
        json.properties().forEach(entry -> {
            String key = entry.getKey();
            boolean required = key.startsWith("must_");
            String wish = required ? key.substring("must_".length()) : key;
            JsonNode value = entry.getValue();
            if (wish.startsWith("min_") && value.isNumber()) {
                all.add(new Requirement.AtLeast(wish.substring("min_".length()), value.doubleValue(), required));
            } else if (wish.startsWith("is_") && value.isTextual()) {
                all.add(new Requirement.Is(wish.substring("is_".length()), value.asText(), required));
            } else {
                throw new IllegalArgumentException("the requirement \"" + key + "\": " + value
                        + " is none, expected min_X or must_min_X with a number, or is_X or must_is_X with a text");
            }
        });
        return new Requirements(all);
    }
}
