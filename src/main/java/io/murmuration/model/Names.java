package io.murmuration.model;

import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** How factors, states, modalities and outcomes are called in a sentence: by their labels where the model gives some. */
final class Names {
    private static final int SHOWN = 8;

    private Names() {}

    static String factor(DiscreteModel model, int factor) {
        List<DiscreteModel.Factor> labels = model.labels().factors();
        return "factor " + factor
                + (labels.isEmpty() ? "" : " (" + labels.get(factor).name() + ")");
    }

    static String modality(DiscreteModel model, int modality) {
        List<DiscreteModel.Modality> labels = model.labels().modalities();
        return "modality " + modality
                + (labels.isEmpty() ? "" : " (" + labels.get(modality).name() + ")");
    }

    static String state(DiscreteModel model, int factor, int state) {
        return label(states(model, factor), state);
    }

    static String outcome(DiscreteModel model, int modality, int outcome) {
        return label(outcomes(model, modality), outcome);
    }

    /** Labels of a factor's states; empty where there are none. */
    static List<String> states(DiscreteModel model, int factor) {
        List<DiscreteModel.Factor> labels = model.labels().factors();
        return labels.isEmpty() ? List.of() : labels.get(factor).states();
    }

    /** Labels of a factor's actions; empty where there are none. */
    static List<String> actions(DiscreteModel model, int factor) {
        List<DiscreteModel.Factor> labels = model.labels().factors();
        return labels.isEmpty() ? List.of() : labels.get(factor).actions();
    }

    /** Labels of a modality's outcomes; empty where there are none. */
    static List<String> outcomes(DiscreteModel model, int modality) {
        List<DiscreteModel.Modality> labels = model.labels().modalities();
        return labels.isEmpty() ? List.of() : labels.get(modality).outcomes();
    }

    private static String label(List<String> labels, int index) {
        return labels.isEmpty() ? Integer.toString(index) : labels.get(index);
    }

    /** "state a of factor 0", "states a, b and c of factor 0". */
    static String states(DiscreteModel model, int factor, List<Integer> states) {
        List<String> names = states.stream().map(s -> state(model, factor, s)).toList();
        return (names.size() == 1 ? "state " : "states ") + enumerate(names) + " of " + factor(model, factor);
    }

    /** "states 0 and 2", for models without labels. */
    static String numbered(String singular, List<Integer> indices) {
        List<String> names = indices.stream().map(i -> Integer.toString(i)).toList();
        return singular + (names.size() == 1 ? " " : "s ") + enumerate(names);
    }

    /** "a", "a and b", "a, b and c", and no more than a line of them. */
    static String enumerate(List<String> names) {
        if (names.size() == 1) {
            return names.get(0);
        }
        if (names.size() > SHOWN) {
            return String.join(", ", names.subList(0, SHOWN)) + " and " + (names.size() - SHOWN) + " more";
        }
        int last = names.size() - 1;
        return String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    /** " (a, b, c)", and no more than a line of them; nothing where there are no labels. */
    static String bracketed(List<String> labels) {
        if (labels.isEmpty()) {
            return "";
        }
        List<String> shown = labels.size() > SHOWN ? labels.subList(0, SHOWN) : labels;
        return " (" + String.join(", ", shown) + (shown.size() < labels.size() ? ", …" : "") + ")";
    }

    /** "1 state", "2 states". */
    static String count(int count, String singular, String plural) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? singular : plural);
    }

    /** A number as a person writes it. */
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.6g", value).replaceFirst("\\.0+$|(\\.\\d*?[1-9])0+$", "$1");
    }

    /** A vector, and no more than a line of it. */
    static String numbers(Tensor vector) {
        List<String> shown = IntStream.range(0, Math.min(SHOWN, vector.size()))
                .mapToObj(i -> number(vector.get(i)))
                .toList();
        return "[" + String.join(", ", shown) + (shown.size() < vector.size() ? ", …" : "") + "]";
    }

    /** The indices up to a count for which something holds. */
    static List<Integer> indices(int count, IntPredicate holds) {
        return IntStream.range(0, count).filter(holds).boxed().toList();
    }

    /** A sentence begins with a capital letter. */
    static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
