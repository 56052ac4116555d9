package io.murmuration.inference;

import io.murmuration.inference.ResultLayout.Column;
import io.murmuration.inference.ResultLayout.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Forward–backward beliefs of a discrete model: {@code γ_t(s) = α_t(s) Σ_{s'} P(s' | s, u_t) γ_{t+1}(s') / P_{t+1}(s')},
 * with α the filtered and P the predicted belief (Rabiner 1989, in its normalised form).
 *
 * <p>Over the joint of the factors, or the only one, this is exact. Where the filter is a mean field, so is the smoother:
 * each transition sends such a message to each factor that it depends on, the other dependencies weighted by their
 * filtered beliefs.
 */
final class DiscreteSmoother implements Smoother {
    private final DiscreteTables tables;
    private final List<Column> columns;
    private final int width;
    private final Axes[] sets;
    private final int[] offsets;
    private final boolean joint;
    private final JointTransition jointTransition;

    DiscreteSmoother(DiscreteTables tables, DiscreteColumns results) {
        this.tables = tables;
        List<Integer> lengths = IntStream.of(tables.states()).boxed().toList();
        columns = List.of(new Column("smoothed_belief", Kind.ROWS, 0, lengths, true));
        width = tables.totalStates();
        joint = results.layout().filterOffset() != results.belief();
        List<Integer> factors =
                IntStream.range(0, tables.states().length).boxed().toList();
        sets = joint
                ? new Axes[] {new Axes(factors, tables.states())}
                : factors.stream()
                        .map(f -> new Axes(List.of(f), tables.states()))
                        .toArray(Axes[]::new);
        offsets = new int[sets.length];
        for (int k = 1; k < sets.length; k++) {
            offsets[k] = offsets[k - 1] + sets[k - 1].columns();
        }
        jointTransition = joint ? new JointTransition(tables, sets[0]) : null;
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void smooth(int steps, double[] filtered, double[] actions, double[] smoothed) {
        int states = Arrays.stream(sets).mapToInt(Axes::columns).sum();
        double[] later = Arrays.copyOfRange(filtered, (steps - 1) * states, steps * states);
        double[] now = new double[states];
        write(later, smoothed, steps - 1);
        int[] action = new int[tables.states().length];
        for (int t = steps - 2; t >= 0; t--) {
            System.arraycopy(filtered, t * states, now, 0, states);
            for (int f = 0; f < action.length; f++) {
                action[f] = (int) actions[t * action.length + f];
            }
            double[] before = now.clone();
            if (joint) {
                backJoint(before, now, later, action);
            } else {
                for (int f = 0; f < action.length; f++) {
                    backFactor(f, before, now, later, action[f]);
                }
            }
            for (int k = 0; k < sets.length; k++) {
                normalise(now, offsets[k], sets[k].columns());
            }
            double[] swap = later;
            later = now;
            now = swap;
            write(later, smoothed, t);
        }
    }

    private void backJoint(double[] filtered, double[] now, double[] later, int[] action) {
        double[] message = new double[now.length];
        for (int next = 0; next < later.length; next++) {
            double predicted = 0;
            for (int s = 0; s < filtered.length; s++) {
                predicted += jointTransition.probability(next, s, action) * filtered[s];
            }
            if (predicted > 0) {
                for (int s = 0; s < filtered.length; s++) {
                    message[s] += jointTransition.probability(next, s, action) * later[next] / predicted;
                }
            }
        }
        for (int s = 0; s < now.length; s++) {
            now[s] *= message[s];
        }
    }

    /** Sends the message of one factor's transition to all factors that it depends on. */
    private void backFactor(int factor, double[] filtered, double[] now, double[] later, int action) {
        TransitionTable table = tables.transitions().get(factor);
        Axes axes = table.axes();
        double[] ratio = new double[axes.columns()];
        for (int next = 0; next < table.states(); next++) {
            int row = table.index(action, next);
            double predicted = 0;
            for (int j = 0; j < axes.columns(); j++) {
                predicted += table.probabilities()[row + j] * weight(axes, j, -1, filtered);
            }
            for (int j = 0; j < axes.columns() && predicted > 0; j++) {
                ratio[j] += table.probabilities()[row + j] * later[offsets[factor] + next] / predicted;
            }
        }
        for (int k = 0; k < axes.dependencies(); k++) {
            int dependency = axes.factor(k);
            double[] message = new double[tables.states()[dependency]];
            for (int j = 0; j < axes.columns(); j++) {
                message[axes.state(k, j)] += ratio[j] * weight(axes, j, k, filtered);
            }
            for (int s = 0; s < message.length; s++) {
                now[offsets[dependency] + s] *= message[s];
            }
        }
    }

    private double weight(Axes axes, int column, int except, double[] filtered) {
        double weight = 1;
        for (int k = 0; k < axes.dependencies(); k++) {
            if (k != except) {
                weight *= filtered[offsets[axes.factor(k)] + axes.state(k, column)];
            }
        }
        return weight;
    }

    private static void normalise(double[] values, int offset, int count) {
        double sum = 0;
        for (int i = offset; i < offset + count; i++) {
            sum += values[i];
        }
        for (int i = offset; i < offset + count; i++) {
            values[i] = sum > 0 ? values[i] / sum : 1.0 / count;
        }
    }

    /** Writes the marginals over factors. */
    private void write(double[] belief, double[] smoothed, int step) {
        int start = step * width;
        if (!joint) {
            System.arraycopy(belief, 0, smoothed, start, width);
            return;
        }
        Arrays.fill(smoothed, start, start + width, 0);
        int factorOffset = start;
        for (int f = 0; f < tables.states().length; f++) {
            for (int j = 0; j < belief.length; j++) {
                smoothed[factorOffset + sets[0].state(f, j)] += belief[j];
            }
            factorOffset += tables.states()[f];
        }
    }
}
