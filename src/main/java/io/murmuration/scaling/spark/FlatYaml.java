package io.murmuration.scaling.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a file of settings, {@code key: value} a line. */
final class FlatYaml {
    private FlatYaml() {}

    /** @throws IllegalArgumentException if it cannot be read or is no such file */
    static Map<String, String> read(Path file) {
        JsonNode root;
        try {
            root = new YAMLMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new IllegalArgumentException("the settings in " + file + " cannot be read: " + e.getMessage(), e);
        }
        if (!root.isObject()) {
            throw new IllegalArgumentException(file + " holds no settings, expected lines of \"key: value\"");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (var field : root.properties()) {
            if (!field.getValue().isValueNode()) {
                throw new IllegalArgumentException(
                        "\"" + field.getKey() + "\" in " + file + " is no single value, expected \"key: value\"");
            }
            texts.put(field.getKey(), field.getValue().asText());
        }
        return texts;
    }
}
