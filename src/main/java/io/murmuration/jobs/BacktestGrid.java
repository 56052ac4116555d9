package io.murmuration.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.murmuration.batch.CallerException;
import io.murmuration.scaling.policy.PolicyCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which settings of which policies a sweep tries: a YAML file that gives a list of settings for each policy's name. */
final class BacktestGrid {
    private BacktestGrid() {}

    /**
     * Reads all choices of a grid in the order of the file.
     *
     * @throws CallerException if the file cannot be read, or holds something that is no policy's setting
     */
    static List<PolicyChoice> read(Path file, PolicyCatalog catalog) {
        JsonNode root = tree(file);
        if (!root.isObject()) {
            throw new CallerException(
                    "The grid " + file + " (--grid) is no map, expected a list of settings for each policy's name");
        }
        List<PolicyChoice> choices = new ArrayList<>();
        root.properties().forEach(policy -> {
            if (!policy.getValue().isArray()) {
                throw new CallerException("The grid " + file + " (--grid) has no list for " + policy.getKey()
                        + ", expected one as [0.6, 0.7]");
            }
            policy.getValue()
                    .forEach(value -> choices.add(PolicyChoice.parse(policy.getKey() + "@" + value.asText(), catalog)));
        });
        return choices;
    }

    private static JsonNode tree(Path file) {
        try {
            return new YAMLMapper().readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new CallerException("The grid " + file + " (--grid) is no YAML: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException e) {
            throw new CallerException("The grid " + file + " (--grid) cannot be read: " + e);
        }
    }
}
