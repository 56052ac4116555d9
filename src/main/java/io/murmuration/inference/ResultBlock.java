package io.murmuration.inference;

/** What was inferred for a block of agents over a number of steps: {@code [step][value][lane]}, the lane varying fastest. */
public final class ResultBlock {
    private final int lanes;
    private final int width;
    private final double[] values;

    public ResultBlock(int lanes, int steps, ResultLayout layout) {
        this.lanes = lanes;
        this.width = layout.width();
        this.values = new double[Math.multiplyExact(steps, lanes * width)];
    }

    /** The stride between values: how many lanes there is room for. */
    public int lanes() {
        return lanes;
    }

    /** Index in {@link #values()} of a value of lane 0. */
    public int index(int step, int offset) {
        return (step * width + offset) * lanes;
    }

    /** The backing array, for engines. */
    public double[] values() {
        return values;
    }

    public double get(int step, int offset, int lane) {
        return values[index(step, offset) + lane];
    }

    public void set(int step, int offset, int lane, double value) {
        values[index(step, offset) + lane] = value;
    }

    /** Moves steps {@code from} to {@code to - 1} of all lanes to the front. */
    public void keep(int from, int to) {
        System.arraycopy(values, index(from, 0), values, 0, index(to, 0) - index(from, 0));
    }
}
