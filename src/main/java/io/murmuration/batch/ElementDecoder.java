package io.murmuration.batch;

import io.murmuration.batch.Rejection.Code;
import io.murmuration.batch.ValueReader.Real;
import io.murmuration.batch.ValueReader.Strange;
import io.murmuration.batch.ValueReader.Text;
import io.murmuration.batch.ValueReader.Value;
import io.murmuration.model.DiscreteModel;
import io.murmuration.model.GenerativeModel;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the elements of one model's observations and actions mean: outcome and action indices, labels, or real values. */
abstract class ElementDecoder {

    /** The value of an observation's element as the kernel takes it. */
    abstract double observation(int element, Value value) throws RejectedRowException;

    /** The value of an action's element as the kernel takes it. */
    abstract double action(int element, Value value) throws RejectedRowException;

    static ElementDecoder of(GenerativeModel model) {
        return model instanceof DiscreteModel discrete ? new Discrete(discrete) : new Continuous();
    }

    private static double number(String what, Value value) throws RejectedRowException {
        if (value instanceof Real real) {
            return real.value();
        }
        if (value instanceof Text text) {
            try {
                return Double.parseDouble(text.text());
            } catch (NumberFormatException e) {
                throw new RejectedRowException(
                        Code.WRONG_TYPE, what + " is \"" + text.text() + "\", expected a number");
            }
        }
        String actual = value instanceof Strange strange ? strange.what() : "an array in an array";
        throw new RejectedRowException(Code.WRONG_TYPE, what + " is " + actual + ", expected a number");
    }

    /** Real values, finite, and not so large that their squares are not. */
    private static final class Continuous extends ElementDecoder {
        private static final double LARGEST = 1e50;

        @Override
        double observation(int element, Value value) throws RejectedRowException {
            return finite("Element " + element + " of the observation", value);
        }

        @Override
        double action(int element, Value value) throws RejectedRowException {
            return finite("Element " + element + " of the action", value);
        }

        private static double finite(String what, Value value) throws RejectedRowException {
            double number = number(what, value);
            if (!(Math.abs(number) <= LARGEST)) {
                throw new RejectedRowException(
                        Code.NOT_FINITE, what + " is " + number + ", expected a finite number between -1e50 and 1e50");
            }
            // Of the two zeros the positive one: rows that differ in nothing else are equal.
            return number + 0.0;
        }
    }

    /** Indices, or labels where the model has them. */
    private static final class Discrete extends ElementDecoder {
        private final DiscreteModel model;
        private final List<Labels> outcomes;
        private final List<Labels> actions;

        Discrete(DiscreteModel model) {
            this.model = model;
            outcomes = model.labels().modalities().stream()
                    .map(m -> Labels.of(m.outcomes()))
                    .toList();
            actions = model.labels().factors().stream()
                    .map(f -> Labels.of(f.actions()))
                    .toList();
        }

        /**
         * The labels of outcomes or actions.
         *
         * @param indices of each
         * @param numeric whether some label looks like an index, so that a number is a label, too
         */
        private record Labels(Map<String, Integer> indices, boolean numeric) {
            private static final Pattern WHOLE = Pattern.compile("-?\\d{1,9}");
            private static final Labels NONE = new Labels(Map.of(), false);

            static Labels of(List<String> labels) {
                return new Labels(
                        IntStream.range(0, labels.size()).boxed().collect(Collectors.toMap(labels::get, i -> i)),
                        labels.stream().anyMatch(Labels::numeric));
            }

            static boolean numeric(String label) {
                return WHOLE.matcher(label).matches();
            }

            /** A value as a label would be written. */
            static String written(Value value) {
                if (value instanceof Real real && real.value() == Math.rint(real.value())) {
                    return Long.toString((long) real.value());
                }
                return value instanceof Text text ? text.text() : String.valueOf(value);
            }

            String sorted() {
                return indices.keySet().stream().sorted().collect(Collectors.joining(", "));
            }
        }

        @Override
        double observation(int element, Value value) throws RejectedRowException {
            String name = model.labels().modalities().isEmpty()
                    ? ""
                    : " (\"" + model.labels().modalities().get(element).name() + "\")";
            return index(
                    "The outcome of modality " + element + name,
                    "outcomes",
                    value,
                    element < outcomes.size() ? outcomes.get(element) : Labels.NONE,
                    model.outcomes(element),
                    Code.UNKNOWN_OUTCOME,
                    Code.OUTCOME_OUT_OF_RANGE);
        }

        @Override
        double action(int element, Value value) throws RejectedRowException {
            return index(
                    "The action of factor " + element,
                    "actions",
                    value,
                    element < actions.size() ? actions.get(element) : Labels.NONE,
                    model.actions(element),
                    Code.BAD_ACTION,
                    Code.BAD_ACTION);
        }

        /** The index that a value means: that of the label it is, or, where no label looks like one, the index itself. */
        private static double index(
                String what, String plural, Value value, Labels labels, int count, Code unknown, Code outOfRange)
                throws RejectedRowException {
            if (value instanceof Text || labels.numeric()) {
                String label = Labels.written(value);
                Integer index = labels.indices().get(label);
                if (index != null) {
                    return index;
                }
                if (!labels.indices().isEmpty() && (labels.numeric() || !Labels.numeric(label))) {
                    throw new RejectedRowException(
                            unknown, what + " is \"" + label + "\", expected one of " + labels.sorted());
                }
            }
            double number = number(what, value);
            if (number != Math.rint(number)) {
                throw new RejectedRowException(
                        Code.WRONG_TYPE, what + " is " + number + ", expected a whole number from 0 to " + (count - 1));
            }
            if (!(number >= 0 && number < count)) {
                throw new RejectedRowException(
                        outOfRange,
                        what + " is " + (long) number + ", but there are " + count + " " + plural + " (0 to "
                                + (count - 1) + ")");
            }
            return number;
        }
    }
}
