package io.murmuration.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** Reads tensors out of nested arrays of numbers. */
final class TensorReader {
    private static final double MAX_NUMBER = 1e50;
    private static final int MAX_AXES = 100;

    private TensorReader() {}

    /** A tensor of any number of axes. */
    static Tensor read(String name, JsonNode node) {
        List<Integer> shape = new ArrayList<>();
        for (JsonNode n = node; n.isArray(); n = n.get(0)) {
            if (n.isEmpty()) {
                throw new InvalidModelException(name + " has an empty array, expected numbers");
            }
            shape.add(n.size());
            if (shape.size() > MAX_AXES) {
                throw new InvalidModelException(name + " is nested more than " + MAX_AXES + " arrays deep");
            }
        }
        if (shape.isEmpty()) {
            throw new InvalidModelException(name + " is " + show(node) + ", expected an array of numbers");
        }
        int[] lengths = shape.stream().mapToInt(Integer::intValue).toArray();
        // Collected one by one: what the first entries promise may be far more than there is.
        DoubleStream.Builder values = DoubleStream.builder();
        collect(name, node, lengths, 0, values);
        return Tensor.of(lengths, values.build().toArray());
    }

    private static void collect(String place, JsonNode node, int[] lengths, int axis, DoubleStream.Builder values) {
        if (axis == lengths.length) {
            values.add(number(place, node));
            return;
        }
        if (!node.isArray() || node.size() != lengths[axis]) {
            throw new InvalidModelException(place + " is " + (node.isArray() ? "of length " + node.size() : show(node))
                    + ", expected an array of length " + lengths[axis] + " like its neighbours");
        }
        for (int i = 0; i < lengths[axis]; i++) {
            collect(place + "[" + i + "]", node.get(i), lengths, axis + 1, values);
        }
    }

    /** A finite number, of a size that products of several do not overflow. */
    static double number(String place, JsonNode node) {
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw new InvalidModelException(place + " is " + show(node) + ", expected a finite number");
        }
        if (Math.abs(node.doubleValue()) > MAX_NUMBER) {
            throw new InvalidModelException(
                    place + " is " + show(node) + ", expected a number between -" + MAX_NUMBER + " and " + MAX_NUMBER);
        }
        return node.doubleValue();
    }

    /** A whole number. */
    static int integer(String place, JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw new InvalidModelException(place + " is " + show(node) + ", expected a whole number");
        }
        return node.intValue();
    }

    /** A list of tensors. */
    static List<Tensor> list(String name, JsonNode node) {
        array(name, node);
        List<Tensor> tensors = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            tensors.add(read(name + "[" + i + "]", node.get(i)));
        }
        return tensors;
    }

    static JsonNode array(String name, JsonNode node) {
        if (!node.isArray() || node.isEmpty()) {
            throw new InvalidModelException(name + " is " + show(node) + ", expected an array that is not empty");
        }
        return node;
    }

    /** A text; a whole number reads as the text that it looks like, anything else that YAML has an opinion of does not. */
    static String text(String place, JsonNode node) {
        if (!node.isTextual() && !node.isIntegralNumber()) {
            throw new InvalidModelException(place + " is " + show(node) + ", expected a text"
                    + (node.isBoolean() || node.isNumber() ? " (in YAML, put it in quotes)" : ""));
        }
        return node.asText();
    }

    static String show(JsonNode node) {
        String text = node.isMissingNode() ? "missing" : node.toString();
        return text.length() > 40 ? text.substring(0, 37) + "..." : text;
    }
}
