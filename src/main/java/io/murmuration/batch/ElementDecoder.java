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

    /** Real values, finite. */
    private static final class Continuous extends ElementDecoder {
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
            if (!Double.isFinite(number)) {
                throw new RejectedRowException(Code.NOT_FINITE, what + " is " + number + ", expected a finite number");
            }
            return number;
        }
    }

    /** Indices, or labels where the model has them. */
    private static final class Discrete extends ElementDecoder {
        private final DiscreteModel model;
        private final List<Map<String, Integer>> outcomes;
        private final List<Map<String, Integer>> actions;

        Discrete(DiscreteModel model) {
            this.model = model;
            outcomes = model.labels().modalities().stream()
                    .map(m -> indices(m.outcomes()))
                    .toList();
            actions = model.labels().factors().stream()
                    .map(f -> indices(f.actions()))
                    .toList();
        }

        private static Map<String, Integer> indices(List<String> labels) {
            return IntStream.range(0, labels.size()).boxed().collect(Collectors.toMap(labels::get, i -> i));
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
                    element < outcomes.size() ? outcomes.get(element) : Map.of(),
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
                    element < actions.size() ? actions.get(element) : Map.of(),
                    model.actions(element),
                    Code.BAD_ACTION,
                    Code.BAD_ACTION);
        }

        private static double index(
                String what,
                String plural,
                Value value,
                Map<String, Integer> labels,
                int count,
                Code unknown,
                Code outOfRange)
                throws RejectedRowException {
            if (value instanceof Text text && !labels.isEmpty()) {
                Integer index = labels.get(text.text());
                if (index != null) {
                    return index;
                }
                if (!text.text().matches("\\d{1,9}")) {
                    throw new RejectedRowException(
                            unknown,
                            what + " is \"" + text.text() + "\", expected one of "
                                    + labels.keySet().stream().sorted().collect(Collectors.joining(", ")));
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
