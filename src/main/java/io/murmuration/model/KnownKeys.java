package io.murmuration.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Refuses keys that nobody reads, with the nearest one that is. */
final class KnownKeys {
    private KnownKeys() {}

    static void check(String where, JsonNode object, List<String> known) {
        if (!object.isObject()) {
            throw new InvalidModelException(
                    where + " is " + TensorReader.show(object) + ", expected an object with keys");
        }
        object.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                String nearest = known.stream()
                        .min(Comparator.comparingInt(
                                k -> LevenshteinDistance.getDefaultInstance().apply(k, key)))
                        .orElseThrow();
                throw new InvalidModelException(
                        "Unknown key \"" + key + "\" in " + where + "; did you mean \"" + nearest + "\"?");
            }
        });
    }
}
