package io.murmuration.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads tensors out of nested arrays of numbers. */
final class TensorReader {
    private TensorReader() {}

    /** A tensor of any number of axes. */
    static Tensor read(String name, JsonNode node) {
        List<Integer> shape = new ArrayList<>();
        for (JsonNode n = node; n.isArray(); n = n.get(0)) {
            if (n.isEmpty()) {
                throw new InvalidModelException(name + " has an empty array, expected numbers");
            }
            shape.add(n.size());
        }
        if (shape.isEmpty()) {
            throw new InvalidModelException(name + " is " + show(node) + ", expected an array of numbers");
        }
        int[] lengths = shape.stream().mapToInt(Integer::intValue).toArray();
        double[] values = new double[Arrays.stream(lengths).reduce(1, Math::multiplyExact)];
        fill(name, node, lengths, 0, values, 0);
        return Tensor.of(lengths, values);
    }

    private static int fill(String place, JsonNode node, int[] lengths, int axis, double[] values, int next) {
        if (axis == lengths.length) {
            values[next] = number(place, node);
            return next + 1;
        }
        if (!node.isArray() || node.size() != lengths[axis]) {
            throw new InvalidModelException(place + " is " + (node.isArray() ? "of length " + node.size() : show(node))
                    + ", expected an array of length " + lengths[axis] + " like its neighbours");
        }
        int place0 = next;
        for (int i = 0; i < lengths[axis]; i++) {
            place0 = fill(place + "[" + i + "]", node.get(i), lengths, axis + 1, values, place0);
        }
        return place0;
    }

    /** A finite number. */
    static double number(String place, JsonNode node) {
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw new InvalidModelException(place + " is " + show(node) + ", expected a finite number");
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

    static String show(JsonNode node) {
        String text = node.isMissingNode() ? "missing" : node.toString();
        return text.length() > 40 ? text.substring(0, 37) + "..." : text;
    }
}
