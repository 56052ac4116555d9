package io.murmuration.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.murmuration.batch.CallerException;
import io.murmuration.model.GenerativeModel;
import io.murmuration.model.ModelFile;
import io.murmuration.orchestration.ActingAgent;
import io.murmuration.orchestration.AgentProfile;
import io.murmuration.orchestration.InferringAgent;
import io.murmuration.orchestration.ProcessAgent;
import io.murmuration.orchestration.assignment.Capabilities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads who the agents of an orchestration are, from YAML: who infers by a model, and who is a process of its own. */
final class AgentsFile {
    private static final Set<String> KEYS = Set.of("id", "count", "limit", "capabilities", "model", "command");
    /** A process that dies so often in a row is given no more tasks. */
    private static final int DEATHS = 3;

    private static final int SUBJECTS = 100_000;

    private final Path file;
    private final long seed;

    private AgentsFile(Path file, long seed) {
        this.file = file;
        this.seed = seed;
    }

    /**
     * Reads a file.
     *
     * @param seed of stochastic choices of those who infer
     * @throws CallerException if it does not say who the agents are
     */
    static List<AgentProfile> read(Path file, long seed) {
        return new AgentsFile(file, seed).read();
    }

    private List<AgentProfile> read() {
        JsonNode all = tree().path("agents");
        if (!all.isArray() || all.isEmpty()) {
            throw new CallerException(file + " (--agents) names no agents, expected a list \"agents\"");
        }
        List<AgentProfile> agents = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < all.size(); i++) {
            for (AgentProfile agent : entry(i + 1, all.get(i))) {
                if (!ids.add(agent.id())) {
                    throw new CallerException(
                            file + " (--agents) names " + agent.id() + " twice, expected ids that differ");
                }
                agents.add(agent);
            }
        }
        return agents;
    }

    private JsonNode tree() {
        try {
            return new YAMLMapper().readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new CallerException(file + " (--agents) is no YAML: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException e) {
            throw new CallerException(file + " (--agents) "
                    + (Files.exists(file) ? "cannot be read as text" : "does not exist") + ", expected a YAML file");
        }
    }

    private List<AgentProfile> entry(int place, JsonNode entry) {
        String where = file + " (--agents), agent " + place;
        entry.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw new CallerException(where + " has the key \"" + key + "\", expected some of " + sorted());
            }
        });
        String id = entry.path("id").asText("");
        if (id.isBlank()) {
            throw new CallerException(where + " has no id");
        }
        int count = number(where, entry, "count");
        int limit = number(where, entry, "limit");
        Capabilities capabilities = capabilities(where, entry.path("capabilities"));
        if (entry.has("model") == entry.has("command")) {
            throw new CallerException(where + " (" + id + ") has "
                    + (entry.has("model") ? "both a model and a command" : "neither a model nor a command")
                    + ", expected one of them");
        }
        if (entry.has("command") && limit != 1) {
            throw new CallerException(where + " (" + id + ") has a limit of " + limit
                    + ", expected 1 of a process, which does one task at a time");
        }
        Optional<GenerativeModel> model =
                Optional.ofNullable(entry.get("model")).map(path -> ModelFile.read(beside(path.asText())));
        List<AgentProfile> agents = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            ActingAgent acting = model.isPresent()
                    ? new InferringAgent(model.get(), SUBJECTS, seed)
                    : new ProcessAgent(words(where, entry.get("command")), DEATHS);
            agents.add(AgentProfile.acting(count == 1 ? id : id + "-" + i, capabilities, limit, acting));
        }
        return agents;
    }

    private static String sorted() {
        return String.join(", ", KEYS.stream().sorted().toList());
    }

    private static int number(String where, JsonNode entry, String key) {
        JsonNode value = entry.get(key);
        if (value == null) {
            return 1;
        }
        if (!value.isInt() || value.intValue() < 1) {
            throw new CallerException(where + " has the " + key + " " + value + ", expected a whole number from 1");
        }
        return value.intValue();
    }

    /** A program that is named by a path is found from the file. */
    private List<String> words(String where, JsonNode command) {
        List<String> words = new ArrayList<>();
        command.forEach(word -> words.add(word.asText()));
        if (words.isEmpty()) {
            throw new CallerException(where + " has the command " + command + ", expected a list of words");
        }
        if (words.get(0).contains("/")) {
            words.set(0, beside(words.get(0)).toAbsolutePath().toString());
        }
        return words;
    }

    private Path beside(String path) {
        return Optional.ofNullable(file.getParent()).orElse(Path.of("")).resolve(path);
    }

    private static Capabilities capabilities(String where, JsonNode given) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        Map<String, String> categories = new LinkedHashMap<>();
        given.properties().forEach(entry -> {
            if (entry.getValue().isNumber()) {
                numbers.put(entry.getKey(), entry.getValue().doubleValue());
            } else if (entry.getValue().isTextual()) {
                categories.put(entry.getKey(), entry.getValue().asText());
            } else {
                throw new CallerException(where + " has the capability " + entry.getKey() + " " + entry.getValue()
                        + ", expected a number or a text");
            }
        });
        return new Capabilities(numbers, categories);
    }
}
