package io.murmuration.inference;

import java.util.List;

/** Forward–backward beliefs of one agent: what it would have believed at each step had it known what came later. */
public interface Smoother {

    /** The columns of a smoothed step; offsets are those in its flat row. */
    List<ResultLayout.Column> columns();

    /** Number of values of a smoothed step. */
    int width();

    /**
     * Smooths a history backwards from its last step, whose smoothed belief is the filtered one.
     *
     * @param steps number of steps
     * @param filtered {@code [step][filterWidth]}, the filtered beliefs
     * @param actions {@code [step][actionWidth]}, the action taken after each step
     * @param smoothed {@code [step][width]}, written; in the form of the columns
     */
    void smooth(int steps, double[] filtered, double[] actions, double[] smoothed);
}
