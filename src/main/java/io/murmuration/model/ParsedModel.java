package io.murmuration.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/**
 * A model beside what its file says: a model alone does not know what was written and what is a default.
 *
 * @param model what the file was understood to be
 * @param keys of the file; those of nested objects with a dot, as in {@code inference.iterations}
 * @param tree of the file
 */
public record ParsedModel(GenerativeModel model, Set<String> keys, JsonNode tree) {
    public ParsedModel {
        keys = Set.copyOf(keys);
    }

    static ParsedModel of(GenerativeModel model, JsonNode root) {
        Set<String> keys = new TreeSet<>();
        collect("", root, keys);
        return new ParsedModel(model, keys, root);
    }

    private static void collect(String prefix, JsonNode object, Set<String> keys) {
        object.properties().forEach(entry -> {
            keys.add(prefix + entry.getKey());
            if (entry.getValue().isObject()) {
                collect(prefix + entry.getKey() + ".", entry.getValue(), keys);
            }
        });
    }
}
