package io.murmuration.inference;

/**
 * The natural logarithm of positive normal numbers, to less than one unit in the last place.
 *
 * <p>The algorithm of fdlibm ({@code e_log.c}, Sun Microsystems 1993) in plain arithmetic: the same bits on every
 * machine, which {@link Math#log} does not promise, and without the call into native code that {@link StrictMath#log}
 * is on Java 17. {@link VectorRowMath} does the same on vectors.
 */
final class Logarithm {
    /** Below this, logarithms of probabilities are floored. */
    static final double FLOOR = 0x1p-52;

    static final double LN2_HI = 6.93147180369123816490e-01;
    static final double LN2_LO = 1.90821492927058770002e-10;
    static final double L1 = 6.666666666666735130e-01;
    static final double L2 = 3.999999999940941908e-01;
    static final double L3 = 2.857142874366239149e-01;
    static final double L4 = 2.222219843214978396e-01;
    static final double L5 = 1.818357216161805012e-01;
    static final double L6 = 1.531383769920937332e-01;
    static final double L7 = 1.479819860511658591e-01;
    /** Adding this to the bits moves the significand's range from [1, 2) to [√½, √2) by a carry into the exponent. */
    static final long HALF_OCTAVE = 0x3FF0000000000000L - 0x3FE6A09E00000000L;

    /** The bits of √½, rounded. */
    static final long SQUARE_ROOT_OF_HALF = 0x3FE6A09E00000000L;

    static final long SIGNIFICAND = 0xFFFFFFFFFFFFFL;
    static final long BITS_OF_2_52 = 0x4330000000000000L;

    private Logarithm() {}

    /** {@code log(max(x, 2⁻⁵²))}, for probabilities. */
    static double floored(double x) {
        return of(x < FLOOR ? FLOOR : x);
    }

    /** {@code x · log(max(x, 2⁻⁵²))}, which is 0 at 0. */
    static double entropyTerm(double x) {
        return x * floored(x);
    }

    /** The logarithm of a positive normal number. */
    static double of(double x) {
        long bits = Double.doubleToRawLongBits(x) + HALF_OCTAVE;
        double k = (int) (bits >>> 52) - 1023;
        double m = Double.longBitsToDouble((bits & SIGNIFICAND) + SQUARE_ROOT_OF_HALF);
        double f = m - 1;
        double s = f / (2 + f);
        double z = s * s;
        double w = z * z;
        double r = w * (L2 + w * (L4 + w * L6)) + z * (L1 + w * (L3 + w * (L5 + w * L7)));
        double h = 0.5 * f * f;
        return k * LN2_HI - ((h - (s * (h + r) + k * LN2_LO)) - f);
    }
}
