package io.murmuration.forecast;

/** The last values of a series, as many as there is room for. */
final class Window {
    private final double[] values;
    private int size;
    private int next;

    Window(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("the window is " + capacity + " steps, expected at least 1");
        }
        values = new double[capacity];
    }

    void add(double value) {
        values[next] = value;
        next = (next + 1) % values.length;
        size = Math.min(size + 1, values.length);
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == values.length;
    }

    /** The value so many steps before the latest, which is 0. */
    double get(int ago) {
        return values[Math.floorMod(next - 1 - ago, values.length)];
    }

    /** The latest values, oldest first; all where there are no more. */
    double[] latest(int most) {
        double[] copy = new double[Math.min(most, size)];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = get(copy.length - 1 - i);
        }
        return copy;
    }
}
