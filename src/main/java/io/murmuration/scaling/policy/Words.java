package io.murmuration.scaling.policy;

/** Numbers as reasons give them. */
final class Words {
    private Words() {}

    /** With two decimals at most; reasons are formed at every tick, so that this has to be quick. */
    static String number(double value) {
        double rounded = Math.round(value * 100) / 100.0;
        return rounded == (long) rounded ? Long.toString((long) rounded) : Double.toString(rounded);
    }
}
