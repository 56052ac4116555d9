package io.murmuration.inference;

import io.murmuration.model.LinearGaussianModel;
import io.murmuration.model.LinearGaussianModel.QuadraticControl;
import io.murmuration.model.Tensor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.ArrayFieldVector;
import org.apache.commons.math3.linear.FieldLUDecomposition;
import org.apache.commons.math3.linear.FieldMatrix;
import org.apache.commons.math3.linear.FieldVector;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.util.BigReal;

/**
 * One Gaussian over all states and observations of a history, conditioned on what was observed: no recursion, and 64
 * digits, so that diffuse priors lose nothing.
 */
final class JointGaussian {
    private final int states;
    private final int steps;
    private final FieldMatrix<BigReal> h;
    /** Prior means of the states. */
    private final List<FieldVector<BigReal>> means = new ArrayList<>();
    /** Prior covariances of the states: [step][later step or the same]. */
    private final List<List<FieldMatrix<BigReal>>> covariances = new ArrayList<>();

    /** Prior covariances of the observations, likewise. */
    private final List<List<FieldMatrix<BigReal>>> observed = new ArrayList<>();

    private final ObservationBlock seen;
    private final int lane;

    /** A belief about the state of a step. */
    record Belief(double[] mean, double[][] covariance) {}

    /** An element observed. */
    private record Place(int step, int element) {}

    /**
     * The prior of a lane's history, which actions have driven.
     *
     * @param actions [step][control]
     */
    JointGaussian(LinearGaussianModel model, ObservationBlock seen, int lane, double[][] actions) {
        this.seen = seen;
        this.lane = lane;
        states = model.stateWidth();
        steps = seen.steps();
        h = matrix(model.H());
        FieldMatrix<BigReal> r = matrix(model.R());
        FieldMatrix<BigReal> f = matrix(model.F());
        FieldMatrix<BigReal> q = matrix(model.Q());
        FieldVector<BigReal> mean = vector(model.initialMean().toArray());
        FieldMatrix<BigReal> covariance = matrix(model.initialCovariance());
        for (int t = 0; t < steps; t++) {
            if (t > 0) {
                mean = f.operate(mean);
                if (model.control() instanceof QuadraticControl acting) {
                    mean = mean.add(matrix(acting.G()).operate(vector(actions[t - 1])));
                }
                covariance = f.multiply(covariance).multiply(f.transpose()).add(q);
            }
            means.add(mean);
            List<FieldMatrix<BigReal>> later = new ArrayList<>();
            List<FieldMatrix<BigReal>> laterObserved = new ArrayList<>();
            FieldMatrix<BigReal> block = covariance;
            for (int s = t; s < steps; s++) {
                later.add(block);
                FieldMatrix<BigReal> shown = h.multiply(block).multiply(h.transpose());
                laterObserved.add(s == t ? shown.add(r) : shown);
                block = block.multiply(f.transpose());
            }
            covariances.add(later);
            observed.add(laterObserved);
        }
    }

    private static FieldMatrix<BigReal> matrix(Tensor tensor) {
        BigReal[][] entries = new BigReal[tensor.length(0)][tensor.length(1)];
        for (int i = 0; i < tensor.size(); i++) {
            entries[i / tensor.length(1)][i % tensor.length(1)] = new BigReal(tensor.get(i));
        }
        return MatrixUtils.createFieldMatrix(entries);
    }

    private static FieldVector<BigReal> vector(double[] values) {
        BigReal[] entries = new BigReal[values.length];
        for (int i = 0; i < values.length; i++) {
            entries[i] = new BigReal(values[i]);
        }
        return new ArrayFieldVector<>(entries);
    }

    private FieldMatrix<BigReal> covariance(int step, int other) {
        return step <= other
                ? covariances.get(step).get(other - step)
                : covariances.get(other).get(step - other).transpose();
    }

    private List<Place> places(int until) {
        List<Place> places = new ArrayList<>();
        for (int t = 0; t <= until; t++) {
            for (int e = 0; e < h.getRowDimension(); e++) {
                if (!Double.isNaN(seen.observation(t, e, lane))) {
                    places.add(new Place(t, e));
                }
            }
        }
        return places;
    }

    private FieldMatrix<BigReal> observationCovariance(List<Place> places) {
        BigReal[][] entries = new BigReal[places.size()][places.size()];
        for (int i = 0; i < places.size(); i++) {
            for (int j = 0; j < places.size(); j++) {
                Place a = places.get(i);
                Place b = places.get(j);
                entries[i][j] = a.step() <= b.step()
                        ? observed.get(a.step()).get(b.step() - a.step()).getEntry(a.element(), b.element())
                        : observed.get(b.step()).get(a.step() - b.step()).getEntry(b.element(), a.element());
            }
        }
        return MatrixUtils.createFieldMatrix(entries);
    }

    private FieldVector<BigReal> errors(List<Place> places) {
        BigReal[] entries = new BigReal[places.size()];
        for (int i = 0; i < entries.length; i++) {
            Place place = places.get(i);
            BigReal expected = h.operate(means.get(place.step())).getEntry(place.element());
            entries[i] = new BigReal(seen.observation(place.step(), place.element(), lane)).subtract(expected);
        }
        return new ArrayFieldVector<>(entries);
    }

    /** The belief about the state of a step given all that was observed until another. */
    Belief given(int step, int until) {
        List<Place> places = places(until);
        FieldVector<BigReal> mean = means.get(step);
        FieldMatrix<BigReal> covariance = covariance(step, step);
        if (!places.isEmpty()) {
            FieldMatrix<BigReal> inverse = new FieldLUDecomposition<>(observationCovariance(places))
                    .getSolver()
                    .getInverse();
            BigReal[][] cross = new BigReal[states][places.size()];
            for (int j = 0; j < places.size(); j++) {
                FieldMatrix<BigReal> block =
                        covariance(step, places.get(j).step()).multiply(h.transpose());
                for (int i = 0; i < states; i++) {
                    cross[i][j] = block.getEntry(i, places.get(j).element());
                }
            }
            FieldMatrix<BigReal> crossed = MatrixUtils.createFieldMatrix(cross);
            FieldMatrix<BigReal> gain = crossed.multiply(inverse);
            mean = mean.add(gain.operate(errors(places)));
            covariance = covariance.subtract(gain.multiply(crossed.transpose()));
        }
        double[] meanEntries = new double[states];
        double[][] covarianceEntries = new double[states][states];
        for (int i = 0; i < states; i++) {
            meanEntries[i] = mean.getEntry(i).doubleValue();
            for (int j = 0; j < states; j++) {
                covarianceEntries[i][j] = covariance.getEntry(i, j).doubleValue();
            }
        }
        return new Belief(meanEntries, covarianceEntries);
    }

    /** {@code −log p} of a step's observation given those before. */
    double surprise(int step) {
        return surpriseUntil(step) - (step == 0 ? 0 : surpriseUntil(step - 1));
    }

    private double surpriseUntil(int until) {
        List<Place> places = places(until);
        if (places.isEmpty()) {
            return 0;
        }
        FieldVector<BigReal> errors = errors(places);
        FieldLUDecomposition<BigReal> factors = new FieldLUDecomposition<>(observationCovariance(places));
        double quadratic = factors.getSolver().solve(errors).dotProduct(errors).doubleValue();
        double logDeterminant = log(factors.getDeterminant().bigDecimalValue());
        return 0.5 * (places.size() * Math.log(2 * Math.PI) + logDeterminant + quadratic);
    }

    private static double log(BigDecimal value) {
        int digits = value.precision() - value.scale();
        return Math.log(value.movePointLeft(digits).doubleValue()) + digits * Math.log(10);
    }
}
