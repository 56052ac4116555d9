package io.murmuration.inference;

import io.murmuration.model.DiscreteModel.DirichletLearning;
import io.murmuration.model.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Where each Dirichlet count stands in one flat vector: pA, then pB, then pD, each tensor row-major, only those that are
 * learned.
 */
final class Increments {
    private final DirichletLearning learning;
    private final List<Tensor> pA;
    private final List<Tensor> pB;
    private final List<Tensor> pD;
    private final int[] offsetA;
    private final int[] offsetB;
    private final int[] offsetD;
    private final int width;

    Increments(DiscreteTables tables, DirichletLearning learning) {
        this.learning = learning;
        pA = learning.A() ? tables.model().counts().pA() : List.of();
        pB = learning.B() ? tables.model().counts().pB() : List.of();
        pD = learning.D() ? tables.model().counts().pD() : List.of();
        int end = 0;
        offsetA = new int[pA.size()];
        offsetB = new int[pB.size()];
        offsetD = new int[pD.size()];
        end = offsets(pA, offsetA, end);
        end = offsets(pB, offsetB, end);
        width = offsets(pD, offsetD, end);
    }

    private static int offsets(List<Tensor> tensors, int[] offsets, int start) {
        int end = start;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = end;
            end += tensors.get(i).size();
        }
        return end;
    }

    int width() {
        return width;
    }

    boolean learnsA() {
        return offsetA.length > 0;
    }

    boolean learnsB() {
        return offsetB.length > 0;
    }

    boolean learnsD() {
        return offsetD.length > 0;
    }

    int offsetA(int modality) {
        return offsetA[modality];
    }

    int offsetB(int factor) {
        return offsetB[factor];
    }

    int offsetD(int factor) {
        return offsetD[factor];
    }

    /** The counts that the model starts from. */
    double[] initial() {
        double[] counts = new double[width];
        copy(pA, offsetA, counts);
        copy(pB, offsetB, counts);
        copy(pD, offsetD, counts);
        return counts;
    }

    private static void copy(List<Tensor> tensors, int[] offsets, double[] target) {
        for (int i = 0; i < offsets.length; i++) {
            System.arraycopy(
                    tensors.get(i).toArray(),
                    0,
                    target,
                    offsets[i],
                    tensors.get(i).size());
        }
    }

    /** {@code count ← forgetting · count + rate · increment}, in place. */
    void update(double[] counts, double[] increments) {
        int startB = pA.stream().mapToInt(Tensor::size).sum();
        int startD = startB + pB.stream().mapToInt(Tensor::size).sum();
        update(counts, increments, 0, startB, learning.rateA());
        update(counts, increments, startB, startD, learning.rateB());
        update(counts, increments, startD, width, learning.rateD());
    }

    private void update(double[] counts, double[] increments, int from, int to, double rate) {
        for (int i = from; i < to; i++) {
            counts[i] = learning.forgetting() * counts[i] + rate * increments[i];
        }
    }

    /** The counts of one tensor out of the flat vector. */
    static double[] slice(double[] counts, int offset, int size) {
        double[] slice = new double[size];
        System.arraycopy(counts, offset, slice, 0, size);
        return slice;
    }

    CountLearning.Learned learned(double[] counts) {
        return new CountLearning.Learned(
                slices(pA, offsetA, counts), slices(pB, offsetB, counts), slices(pD, offsetD, counts));
    }

    private static List<double[]> slices(List<Tensor> tensors, int[] offsets, double[] counts) {
        List<double[]> result = new ArrayList<>();
        for (int i = 0; i < offsets.length; i++) {
            result.add(slice(counts, offsets[i], tensors.get(i).size()));
        }
        return result;
    }
}
