package io.murmuration.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Checks that tensors fit together. */
final class DiscreteShapes {
    private DiscreteShapes() {}

    static void check(
            List<Tensor> a,
            List<Tensor> b,
            List<Tensor> d,
            List<List<Integer>> aDependencies,
            List<List<Integer>> bDependencies) {
        checkCount("D", d.size(), b.size(), "factors that B has");
        checkCount("A_dependencies", aDependencies.size(), a.size(), "modalities that A has");
        checkCount("B_dependencies", bDependencies.size(), b.size(), "factors that B has");
        checkDependencies("A_dependencies", aDependencies, b.size());
        checkDependencies("B_dependencies", bDependencies, b.size());
        for (int m = 0; m < a.size(); m++) {
            checkShape("A[" + m + "]", a.get(m), expected(a.get(m).length(0), aDependencies.get(m), b, -1));
        }
        for (int f = 0; f < b.size(); f++) {
            Tensor tensor = b.get(f);
            int actions = tensor.length(tensor.rank() - 1);
            checkShape("B[" + f + "]", tensor, expected(tensor.length(0), bDependencies.get(f), b, actions));
            checkShape("D[" + f + "]", d.get(f), new int[] {tensor.length(0)});
        }
    }

    private static void checkCount(String name, int actual, int expected, String what) {
        if (actual != expected) {
            throw new InvalidModelException(
                    name + " has " + actual + " entries, expected one for each of the " + expected + " " + what);
        }
    }

    private static void checkDependencies(String name, List<List<Integer>> dependencies, int factors) {
        for (int i = 0; i < dependencies.size(); i++) {
            for (int factor : dependencies.get(i)) {
                if (factor < 0 || factor >= factors) {
                    throw new InvalidModelException(name + "[" + i + "] names factor " + factor + ", but there "
                            + (factors == 1
                                    ? "is 1 factor (0)"
                                    : "are " + factors + " factors (0 to " + (factors - 1) + ")"));
                }
            }
            if (dependencies.get(i).stream().distinct().count()
                    != dependencies.get(i).size()) {
                throw new InvalidModelException(
                        name + "[" + i + "] is " + dependencies.get(i) + ", which names a factor twice");
            }
        }
    }

    private static int[] expected(int first, List<Integer> dependencies, List<Tensor> b, int actions) {
        List<Integer> shape = new ArrayList<>();
        shape.add(first);
        dependencies.forEach(f -> shape.add(b.get(f).length(0)));
        if (actions >= 0) {
            shape.add(actions);
        }
        return shape.stream().mapToInt(Integer::intValue).toArray();
    }

    static void checkShape(String name, Tensor tensor, int[] expected) {
        if (!Arrays.equals(tensor.shape(), expected)) {
            throw new InvalidModelException(
                    name + " has shape " + Arrays.toString(tensor.shape()) + ", expected " + Arrays.toString(expected));
        }
    }
}
