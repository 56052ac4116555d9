package io.murmuration.batch;

import io.murmuration.inference.ResultBlock;
import io.murmuration.inference.ResultLayout;
import io.murmuration.inference.ResultLayout.Column;
import io.murmuration.inference.ResultLayout.Kind;
import io.murmuration.summary.RunStatistics;
import io.murmuration.summary.RunStatistics.Row;
import java.util.Optional;

/** Gathers statistics of one model's results from where they stand in blocks. */
public final class ResultStatistics {
    private final RunStatistics state = new RunStatistics();
    private final int freeEnergy;
    private final int entropy;
    private final int impossible;
    private final Optional<Column> actions;
    private final int actionWidth;
    /** Of the agent whose runs are coming by, in the order of its steps. */
    private double agentFreeEnergy;

    private long agentRows;

    public ResultStatistics(ResultLayout layout) {
        freeEnergy = layout.offset(ResultLayout.FREE_ENERGY);
        entropy = layout.offset(ResultLayout.BELIEF_ENTROPY);
        impossible = layout.offset(ResultLayout.IMPOSSIBLE);
        actions = layout.find(ResultLayout.ACTION);
        actionWidth = actions.map(Column::width).orElse(0);
    }

    public RunStatistics state() {
        return state;
    }

    public void add(InferenceResult result) {
        ResultBlock results = result.results();
        int lane = result.lane();
        for (int row = 0; row < result.rows(); row++) {
            Row values = new Row(
                    result.firstStep() + row,
                    results.get(row, freeEnergy, lane),
                    results.get(row, entropy, lane),
                    results.get(row, impossible, lane) > 0,
                    result.observations().observed(row, lane));
            state.row(values);
            if (values.surprises()) {
                agentFreeEnergy += values.freeEnergy();
                state.surprise(result.agent(), result.time(row), values.freeEnergy());
            }
            if (actions.isPresent()) {
                addAction(actions.get(), results, row, lane);
            }
        }
        agentRows += result.rows();
    }

    private void addAction(Column action, ResultBlock results, int row, int lane) {
        for (int element = 0; element < actionWidth; element++) {
            double value = results.get(row, action.offset() + element, lane);
            if (action.kind() == Kind.INTEGERS) {
                state.action(element, (int) value);
            } else {
                state.control(element, value);
            }
        }
    }

    public void agentEnded(String agent) {
        state.agent(agent, agentRows, agentFreeEnergy);
        agentRows = 0;
        agentFreeEnergy = 0;
    }
}
