package io.murmuration.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * The directions that a matrix carries some first directions into: the span of {@code B, M B, M² B …}, by an orthonormal
 * basis that grows until M leads nowhere new (Arnoldi's way; powers of M themselves would overflow).
 *
 * @param rank number of directions
 * @param untouched the coordinates that no direction has a part in
 */
record InvariantSubspace(int rank, List<Integer> untouched) {
    /** A direction that is new by less than this, of its length, is not new. */
    private static final double ROUNDING = 1e-9;

    static InvariantSubspace of(RealMatrix matrix, RealMatrix first) {
        Deque<RealVector> waiting = new ArrayDeque<>();
        for (int j = 0; j < first.getColumnDimension(); j++) {
            waiting.add(first.getColumnVector(j));
        }
        List<RealVector> basis = new ArrayList<>();
        while (!waiting.isEmpty() && basis.size() < matrix.getRowDimension()) {
            RealVector direction = waiting.remove();
            double length = direction.getNorm();
            if (!(length > 0)) {
                continue;
            }
            RealVector rest = direction.mapDivide(length);
            for (int again = 0; again < 2; again++) {
                for (RealVector known : basis) {
                    rest = rest.subtract(known.mapMultiply(known.dotProduct(rest)));
                }
            }
            if (rest.getNorm() > ROUNDING) {
                RealVector unit = rest.unitVector();
                basis.add(unit);
                waiting.add(matrix.operate(unit));
            }
        }
        List<Integer> untouched = Names.indices(
                matrix.getRowDimension(), i -> basis.stream().allMatch(v -> Math.abs(v.getEntry(i)) <= ROUNDING));
        return new InvariantSubspace(basis.size(), untouched);
    }
}
