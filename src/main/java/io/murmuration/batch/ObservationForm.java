package io.murmuration.batch;

import io.murmuration.batch.ValueReader.Real;
import io.murmuration.model.GenerativeModel;
import java.util.Arrays;

/** What observations and actions of a model look like: checks those that do not come from a table as a table's are. */
public final class ObservationForm {
    private final ElementDecoder decoder;
    private final int observationWidth;
    private final int actionWidth;

    private ObservationForm(GenerativeModel model) {
        decoder = ElementDecoder.of(model);
        observationWidth = model.observationWidth();
        actionWidth = model.actionWidth();
    }

    public static ObservationForm of(GenerativeModel model) {
        return new ObservationForm(model);
    }

    private interface Meaning {
        double of(int element, Real value) throws RejectedRowException;
    }

    /**
     * An observation as kernels take it.
     *
     * @param values an outcome index or a real number an element, NaN where it is missing
     * @throws CallerException if no observation of the model looks like that
     */
    public double[] observation(double[] values) {
        return read("observation", values, observationWidth, decoder::observation);
    }

    /**
     * A recorded action as kernels take it, NaN where there is none.
     *
     * @param values an index or a real number an element, or nothing where no action is recorded
     * @throws CallerException if no action of the model looks like that
     */
    public double[] action(double[] values) {
        if (values.length == 0) {
            double[] none = new double[actionWidth];
            Arrays.fill(none, Double.NaN);
            return none;
        }
        return read("action", values, actionWidth, decoder::action);
    }

    private static double[] read(String what, double[] values, int width, Meaning meaning) {
        if (values.length != width) {
            throw new CallerException("The " + what + " has " + values.length + " elements, expected " + width);
        }
        double[] read = new double[width];
        for (int element = 0; element < width; element++) {
            try {
                read[element] =
                        Double.isNaN(values[element]) ? Double.NaN : meaning.of(element, new Real(values[element]));
            } catch (RejectedRowException e) {
                throw new CallerException(e.getMessage());
            }
        }
        return read;
    }
}
