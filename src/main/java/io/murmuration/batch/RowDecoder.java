package io.murmuration.batch;

import io.murmuration.batch.Rejection.Code;
import io.murmuration.batch.ValueReader.Array;
import io.murmuration.batch.ValueReader.Strange;
import io.murmuration.batch.ValueReader.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructField;

/** Understands a row of observations: which model, which values; or why it cannot be used. */
final class RowDecoder {
    private final Fleet fleet;
    private final KeyedRows form;
    private final List<ElementDecoder> decoders = new ArrayList<>();
    private final ValueReader[] readers;
    private final double[][] observation;
    private final double[][] action;
    private String lastModel = "";
    private int lastIndex = -1;

    RowDecoder(Fleet fleet, KeyedRows form) {
        this.fleet = fleet;
        this.form = form;
        for (Fleet.Member member : fleet.members()) {
            decoders.add(ElementDecoder.of(member.model()));
        }
        readers = Arrays.stream(form.raw().fields())
                .map(StructField::dataType)
                .map(ValueReader::of)
                .toArray(ValueReader[]::new);
        observation = fleet.members().stream()
                .map(m -> new double[m.model().observationWidth()])
                .toArray(double[][]::new);
        action = fleet.members().stream()
                .map(m -> new double[m.model().actionWidth()])
                .toArray(double[][]::new);
    }

    /** The place of the row's model in the fleet. */
    int model(InternalRow keyed) throws RejectedRowException {
        if (!fleet.named()) {
            return 0;
        }
        if (keyed.isNullAt(KeyedRows.MODEL)) {
            throw new RejectedRowException(Code.MISSING_MODEL, "The row names no model");
        }
        String name = keyed.getUTF8String(KeyedRows.MODEL).toString();
        if (!name.equals(lastModel)) {
            lastModel = name;
            lastIndex = fleet.indexOf(name);
        }
        if (lastIndex < 0) {
            throw new RejectedRowException(Code.UNKNOWN_MODEL, "The fleet has no model \"" + name + "\"");
        }
        return lastIndex;
    }

    /** Checks that the row has a key. */
    void checkKey(InternalRow keyed) throws RejectedRowException {
        InternalRow raw = raw(keyed);
        if (form.corrupt() >= 0 && !raw.isNullAt(form.corrupt())) {
            throw new RejectedRowException(
                    Code.MALFORMED_ROW,
                    "The row is malformed: \""
                            + raw.getUTF8String(form.corrupt()).toString().strip() + "\"");
        }
        if (keyed.isNullAt(KeyedRows.AGENT)) {
            throw new RejectedRowException(Code.MISSING_AGENT, "The row has no agent");
        }
        if (keyed.isNullAt(KeyedRows.TIME)) {
            if (raw.isNullAt(form.time())) {
                throw new RejectedRowException(Code.MISSING_TIME, "The row has no time");
            }
            throw new RejectedRowException(
                    Code.BAD_TIME,
                    "The time is " + show(readers[form.time()].read(raw, form.time())) + ", expected "
                            + (form.timeType() == TimeType.TIMESTAMP ? "a timestamp" : "an integer"));
        }
    }

    InternalRow raw(InternalRow keyed) {
        return keyed.getStruct(KeyedRows.RAW, readers.length);
    }

    /** The observation, NaN where missing; overwritten by the next call. */
    double[] observation(InternalRow keyed, int model) throws RejectedRowException {
        ElementDecoder decoder = decoders.get(model);
        double[] target = observation[model];
        read(keyed, form.observation(), form.array(), "observation", target, decoder::observation);
        return target;
    }

    /** The recorded action, NaN where there is none; overwritten by the next call. */
    double[] action(InternalRow keyed, int model) throws RejectedRowException {
        ElementDecoder decoder = decoders.get(model);
        double[] target = action[model];
        if (target.length == 0 || form.action().isEmpty()) {
            Arrays.fill(target, Double.NaN);
        } else {
            read(keyed, form.action(), form.actionArray(), "action", target, decoder::action);
        }
        return target;
    }

    /** What an element's value means. */
    private interface Meaning {
        double of(int element, Value value) throws RejectedRowException;
    }

    private void read(
            InternalRow keyed, List<Integer> places, boolean array, String what, double[] target, Meaning meaning)
            throws RejectedRowException {
        InternalRow raw = raw(keyed);
        if (array) {
            readArray(raw, places.get(0), what, target, meaning);
            return;
        }
        if (places.size() < target.length) {
            throw wrongShape(what, places.size(), target.length);
        }
        for (int element = 0; element < places.size(); element++) {
            int place = places.get(element);
            boolean missing = raw.isNullAt(place);
            if (element < target.length) {
                target[element] = missing ? Double.NaN : meaning.of(element, readers[place].read(raw, place));
            } else if (!missing) {
                throw wrongShape(what, element + 1, target.length);
            }
        }
    }

    private void readArray(InternalRow raw, int place, String what, double[] target, Meaning meaning)
            throws RejectedRowException {
        if (raw.isNullAt(place)) {
            Arrays.fill(target, Double.NaN);
            return;
        }
        Value value = ValueReader.unfold(readers[place].read(raw, place));
        if (value instanceof Strange strange) {
            throw new RejectedRowException(
                    Code.WRONG_TYPE, "The " + what + " is " + strange.what() + ", expected an array");
        }
        Value[] elements = value instanceof Array array ? array.elements() : new Value[] {value};
        if (elements.length != target.length) {
            throw wrongShape(what, elements.length, target.length);
        }
        for (int element = 0; element < target.length; element++) {
            target[element] = elements[element] == null ? Double.NaN : meaning.of(element, elements[element]);
        }
    }

    private static RejectedRowException wrongShape(String what, int actual, int expected) {
        return new RejectedRowException(
                Code.WRONG_SHAPE, "The " + what + " has " + actual + " elements, expected " + expected);
    }

    private static String show(Value value) {
        if (value instanceof ValueReader.Text text) {
            return "\"" + text.text() + "\"";
        }
        return value instanceof ValueReader.Real real ? Double.toString(real.value()) : "of another type";
    }
}
