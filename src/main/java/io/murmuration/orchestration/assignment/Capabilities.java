package io.murmuration.orchestration.assignment;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What an agent can do: numbers and categories, by name. Agents of equal capabilities are equal to any task.
 *
 * @param numeric finite numbers, in units that requirements share
 * @param categorical one category a name
 */
public record Capabilities(Map<String, Double> numeric, Map<String, String> categorical) {
    /** Of an agent that is good for tasks without requirements only. */
    public static final Capabilities NONE = new Capabilities(Map.of(), Map.of());

    /** @throws IllegalArgumentException if a number is not finite, or a name is a number's and a category's at once */
    public Capabilities {
        Map<String, Double> numbers = new HashMap<>();
        for (Map.Entry<String, Double> entry : numeric.entrySet()) {
            String name = entry.getKey();
            if (!Double.isFinite(entry.getValue())) {
                throw new IllegalArgumentException(
                        "capability '" + name + "' is " + entry.getValue() + ", expected a finite number");
            }
            if (categorical.containsKey(name)) {
                throw new IllegalArgumentException(
                        "capability '" + name + "' is both a number and a category, expected one of them");
            }
            // Adding 0 makes 0 of -0: they are the same capability, but not equal as objects.
            numbers.put(name, entry.getValue() + 0.0);
        }
        numeric = Map.copyOf(numbers);
        categorical = Map.copyOf(categorical);
    }

    /** The number of this name, if there is one. */
    OptionalDouble number(String name) {
        Double value = numeric.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Whether the category of this name is that one. */
    boolean is(String name, String category) {
        return category.equals(categorical.get(name));
    }
}
