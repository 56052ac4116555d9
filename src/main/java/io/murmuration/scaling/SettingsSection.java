package io.murmuration.scaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** A group of settings: reads each by its key, and tells mistakes with their path. Null counts as not given. */
public final class SettingsSection {
    private final String path;
    private final JsonNode node;
    private final Set<String> known = new LinkedHashSet<>();

    /** @param node an object, or missing for no settings at all */
    public SettingsSection(String path, JsonNode node) {
        this.path = path;
        this.node = node;
        if (!node.isObject() && !node.isMissingNode()) {
            throw wrong(path, node, "settings by key");
        }
    }

    private static InvalidSettingsException wrong(String path, JsonNode value, String expected) {
        return new InvalidSettingsException(path + " is " + value + ", expected " + expected);
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private JsonNode take(String key) {
        known.add(key);
        JsonNode value = node.path(key);
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    boolean has(String key) {
        return !take(key).isMissingNode();
    }

    public SettingsSection section(String key) {
        return new SettingsSection(at(key), take(key));
    }

    /** Settings by any key, in their order. */
    Map<String, SettingsSection> sections(String key) {
        SettingsSection all = section(key);
        Map<String, SettingsSection> sections = new LinkedHashMap<>();
        all.node.fieldNames().forEachRemaining(name -> sections.put(name, all.section(name)));
        return sections;
    }

    /** The elements of a list, each from its path and what stands there; of a text, what stands between its commas. */
    <T> List<T> list(String key, BiFunction<String, JsonNode, T> element) {
        JsonNode value = split(take(key));
        List<T> elements = new ArrayList<>();
        if (!value.isMissingNode() && !value.isArray()) {
            throw wrong(at(key), value, "a list");
        }
        for (int i = 0; i < value.size(); i++) {
            elements.add(element.apply(at(key) + "[" + i + "]", value.get(i)));
        }
        return elements;
    }

    private static JsonNode split(JsonNode value) {
        if (!value.isTextual()) {
            return value;
        }
        ArrayNode elements = JsonNodeFactory.instance.arrayNode();
        for (String element : value.textValue().split(",", -1)) {
            elements.add(element.strip());
        }
        return elements;
    }

    public int integer(String key, int otherwise) {
        JsonNode value = take(key);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(at(key), value, "a whole number");
        }
        return value.intValue();
    }

    OptionalDouble number(String key) {
        JsonNode value = take(key);
        if (value.isMissingNode()) {
            return OptionalDouble.empty();
        }
        if (!value.isNumber()) {
            throw wrong(at(key), value, "a number");
        }
        return OptionalDouble.of(value.doubleValue());
    }

    /** A number from 0.1 or from 10 %. */
    double share(String key, double otherwise) {
        JsonNode value = take(key);
        if (value.isMissingNode() || value.isNumber()) {
            return value.asDouble(otherwise);
        }
        return parse(key, value, "a share such as 0.1 or 10 %", SettingsSection::percent);
    }

    /** A share written in percent. */
    static double percent(String text) {
        if (!text.endsWith("%")) {
            throw new IllegalArgumentException(text);
        }
        return Double.parseDouble(text.substring(0, text.length() - 1).strip()) / 100;
    }

    public boolean flag(String key, boolean otherwise) {
        JsonNode value = take(key);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw wrong(at(key), value, "true or false");
        }
        return value.booleanValue();
    }

    public Duration duration(String key, Duration otherwise) {
        return parsed(key, otherwise, "a duration such as 500 ms, 15 s, 5 min or 1 h", DurationText::parse);
    }

    /** A text that stands for something. */
    public <T> T parsed(String key, T otherwise, String expected, Function<String, T> parser) {
        JsonNode value = take(key);
        return value.isMissingNode() ? otherwise : parse(key, value, expected, parser);
    }

    /** A text that stands for something and must be given. */
    <T> T required(String key, String expected, Function<String, T> parser) {
        if (!has(key)) {
            throw new InvalidSettingsException(at(key) + " is missing, expected " + expected);
        }
        return parsed(key, null, expected, parser);
    }

    double required(String key) {
        return number(key).orElseThrow(() -> new InvalidSettingsException(at(key) + " is missing, expected a number"));
    }

    private <T> T parse(String key, JsonNode value, String expected, Function<String, T> parser) {
        if (!value.isTextual() && !value.isNumber()) {
            throw wrong(at(key), value, expected);
        }
        try {
            return parser.apply(value.asText().strip());
        } catch (RuntimeException e) {
            // Whatever a parser of the JDK throws for a text that is none of its own.
            throw new InvalidSettingsException(at(key) + " is " + value + ", expected " + expected, e);
        }
    }

    /** Makes something of what was read; what it refuses is told with this path. No key may be left that nobody read. */
    public <T> T make(Supplier<T> maker) {
        T made;
        try {
            made = maker.get();
        } catch (InvalidSettingsException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException((path.isEmpty() ? "settings" : path) + ": " + e.getMessage(), e);
        }
        node.fieldNames().forEachRemaining(this::check);
        return made;
    }

    private void check(String key) {
        if (!known.contains(key)) {
            String nearest = known.stream()
                    .min(Comparator.comparingInt(
                            name -> LevenshteinDistance.getDefaultInstance().apply(name, key)))
                    .orElseThrow();
            throw new InvalidSettingsException(at(key) + " is no setting; did you mean \"" + nearest + "\"?");
        }
    }
}
