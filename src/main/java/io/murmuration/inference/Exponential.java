package io.murmuration.inference;

/**
 * The exponential of numbers that are not positive, to one unit in the last place: the algorithm of fdlibm ({@code
 * e_exp.c}, Sun Microsystems 1993) in plain arithmetic, for the reasons that {@link Logarithm} gives. What would be smaller
 * than the smallest normal number is 0. {@link VectorRowMath} does the same on vectors.
 */
final class Exponential {
    static final double SMALLEST = -708;
    static final double INVERSE_LN2 = 1.44269504088896338700e+00;
    static final double LN2_HI = 6.93147180369123816490e-01;
    static final double LN2_LO = 1.90821492927058770002e-10;
    static final double P1 = 1.66666666666666019037e-01;
    static final double P2 = -2.77777777770155933842e-03;
    static final double P3 = 6.61375632143793436117e-05;
    static final double P4 = -1.65339022054652515390e-06;
    static final double P5 = 4.13813679705723846039e-08;
    /** Adding this to a number of at most 2⁵¹ rounds it to an integer, which then stands in the lowest bits. */
    static final double ROUNDING = 0x1.8p52;

    private Exponential() {}

    /** {@code e^x} for x of at most 0. */
    static double ofNonPositive(double x) {
        if (x < SMALLEST) {
            return 0;
        }
        double shifted = INVERSE_LN2 * x + ROUNDING;
        double k = shifted - ROUNDING;
        double high = x - k * LN2_HI;
        double low = k * LN2_LO;
        double r = high - low;
        double t = r * r;
        double c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
        double y = 1 - ((low - (r * c) / (2 - c)) - high);
        return y * Double.longBitsToDouble((Double.doubleToRawLongBits(shifted) + 1023) << 52);
    }
}
