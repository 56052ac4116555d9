package io.murmuration.inference;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The algorithms of {@link Logarithm} and {@link Exponential}, operation by operation, on as many elements at once as the
 * machine's vectors hold; what is left at the end of a row is done one by one.
 */
final class VectorRowMath implements RowMath {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LENGTH = SPECIES.length();

    private final RowMath rest = new ScalarRowMath();

    private VectorRowMath() {}

    /** Behind a method that yields the interface, so that nobody links this class where the module is absent. */
    static RowMath create() {
        return new VectorRowMath();
    }

    /** Whether vectors hold more than one element: a JVM without its optimising compiler only imitates them. */
    static boolean hasVectors() {
        return LENGTH > 1;
    }

    @Override
    public void addEntropy(double[] x, double[] target, int from, int to) {
        int i = from;
        for (; i <= to - LENGTH; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, i);
            DoubleVector sum = DoubleVector.fromArray(SPECIES, target, i);
            sum.sub(v.mul(logarithm(floor(v)))).intoArray(target, i);
        }
        rest.addEntropy(x, target, i, to);
    }

    @Override
    public void flooredLogarithm(double[] x, double[] target, int from, int to) {
        int i = from;
        for (; i <= to - LENGTH; i += LENGTH) {
            logarithm(floor(DoubleVector.fromArray(SPECIES, x, i))).intoArray(target, i);
        }
        rest.flooredLogarithm(x, target, i, to);
    }

    @Override
    public void subtractLogarithm(double[] x, double[] target, int from, int to) {
        int i = from;
        for (; i <= to - LENGTH; i += LENGTH) {
            DoubleVector difference = DoubleVector.fromArray(SPECIES, target, i);
            difference.sub(logarithm(DoubleVector.fromArray(SPECIES, x, i))).intoArray(target, i);
        }
        rest.subtractLogarithm(x, target, i, to);
    }

    @Override
    public void exponential(double[] row, double[] reference, int from, int to) {
        int i = from;
        for (; i <= to - LENGTH; i += LENGTH) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, row, i);
            exponential(v.sub(DoubleVector.fromArray(SPECIES, reference, i))).intoArray(row, i);
        }
        rest.exponential(row, reference, i, to);
    }

    private static DoubleVector floor(DoubleVector x) {
        return x.blend(Logarithm.FLOOR, x.lt(Logarithm.FLOOR));
    }

    private static DoubleVector logarithm(DoubleVector x) {
        LongVector bits = x.reinterpretAsLongs().add(Logarithm.HALF_OCTAVE);
        // The exponent as a number, by way of the significand of 2⁵²: not every machine converts vectors of longs.
        DoubleVector k = bits.lanewise(VectorOperators.LSHR, 52)
                .or(Logarithm.BITS_OF_2_52)
                .reinterpretAsDoubles()
                .sub(0x1p52 + 1023);
        DoubleVector f = bits.and(Logarithm.SIGNIFICAND)
                .add(Logarithm.SQUARE_ROOT_OF_HALF)
                .reinterpretAsDoubles()
                .sub(1);
        DoubleVector s = f.div(f.add(2));
        DoubleVector z = s.mul(s);
        DoubleVector w = z.mul(z);
        DoubleVector even = w.mul(w.mul(w.mul(Logarithm.L6).add(Logarithm.L4)).add(Logarithm.L2));
        DoubleVector odd =
                z.mul(w.mul(w.mul(w.mul(Logarithm.L7).add(Logarithm.L5)).add(Logarithm.L3))
                        .add(Logarithm.L1));
        DoubleVector r = even.add(odd);
        DoubleVector h = f.mul(0.5).mul(f);
        DoubleVector low = s.mul(h.add(r)).add(k.mul(Logarithm.LN2_LO));
        return k.mul(Logarithm.LN2_HI).sub(h.sub(low).sub(f));
    }

    private static DoubleVector exponential(DoubleVector x) {
        DoubleVector shifted = x.mul(Exponential.INVERSE_LN2).add(Exponential.ROUNDING);
        DoubleVector k = shifted.sub(Exponential.ROUNDING);
        DoubleVector high = x.sub(k.mul(Exponential.LN2_HI));
        DoubleVector low = k.mul(Exponential.LN2_LO);
        DoubleVector r = high.sub(low);
        DoubleVector t = r.mul(r);
        DoubleVector p = t.mul(Exponential.P5).add(Exponential.P4);
        p = t.mul(p).add(Exponential.P3);
        p = t.mul(p).add(Exponential.P2);
        p = t.mul(p).add(Exponential.P1);
        DoubleVector c = r.sub(t.mul(p));
        DoubleVector two = DoubleVector.broadcast(SPECIES, 2);
        DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
        DoubleVector y = one.sub(low.sub(r.mul(c).div(two.sub(c))).sub(high));
        DoubleVector scale = shifted.reinterpretAsLongs()
                .add(1023)
                .lanewise(VectorOperators.LSHL, 52)
                .reinterpretAsDoubles();
        return y.mul(scale).blend(0, x.lt(Exponential.SMALLEST));
    }
}
