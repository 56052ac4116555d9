package io.murmuration.scaling.policy.active;

/**
 * Classes of a positive quantity whose centres grow by a constant ratio; a value belongs to the centre next to it on a
 * logarithmic scale, values beyond the ends to the end classes.
 *
 * @param first centre of class 0, more than 0
 * @param ratio of a centre to the one before, more than 1
 * @param size number of classes
 */
record LogGrid(double first, double ratio, int size) {
    /** Centres {@code ratio^from … ratio^to}; 1 is among them where {@code from <= 0 <= to}. */
    static LogGrid aroundOne(double ratio, int from, int to) {
        return new LogGrid(StrictMath.pow(ratio, from), ratio, to - from + 1);
    }

    /** As many centres as it takes to reach a value. */
    static LogGrid upTo(double first, double ratio, double most) {
        return new LogGrid(first, ratio, 1 + Math.max(0, position(most, first, ratio)));
    }

    private static int position(double value, double first, double ratio) {
        return (int) Math.round(StrictMath.log(value / first) / StrictMath.log(ratio));
    }

    double centre(int index) {
        return first * StrictMath.pow(ratio, index);
    }

    /** The class of a value of at least 0. */
    int index(double value) {
        return Math.max(0, Math.min(size - 1, position(value, first, ratio)));
    }

    /** The mean of the centres under a distribution that stands at an offset of an array. */
    double mean(double[] probabilities, int offset) {
        double mean = 0;
        for (int i = 0; i < size; i++) {
            mean += probabilities[offset + i] * centre(i);
        }
        return mean;
    }
}
