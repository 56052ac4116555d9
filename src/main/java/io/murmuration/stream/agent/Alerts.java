package io.murmuration.stream.agent;

import io.murmuration.batch.CompiledModel;
import io.murmuration.batch.InferenceResult;
import io.murmuration.inference.ResultLayout;
import io.murmuration.summary.RunningQuantile;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Finds rows that surprised their agent more than a share of all its rows before. An agent's rows come by in their order,
 * and no other agent's between them.
 */
public final class Alerts {
    /** Rows after which an agent knows what to expect. */
    private static final long LEAST_ROWS = 30;

    private final double share;
    private final int[] freeEnergies;
    /** Of the agent whose rows come by; null between agents. */
    private RunningQuantile surprises;

    /** Takes a row that surprised. */
    public interface Taker {
        void alert(InferenceResult result, int row, double freeEnergy, double threshold);
    }

    /** @param share of an agent's rows that surprise it less than the threshold */
    public Alerts(double share, List<CompiledModel> models) {
        this.share = share;
        freeEnergies = models.stream()
                .mapToInt(model -> model.layout().offset(ResultLayout.FREE_ENERGY))
                .toArray();
    }

    /**
     * Looks at results of an agent.
     *
     * @param before what was kept of it, empty where nothing was
     */
    public void results(InferenceResult result, byte[] before, Taker taker) {
        if (surprises == null) {
            surprises = result.firstStep() == 0 || before.length == 0
                    ? new RunningQuantile(share)
                    : RunningQuantile.get(share, ByteBuffer.wrap(before));
        }
        int lane = result.lane();
        for (int row = 0; row < result.rows(); row++) {
            double freeEnergy = result.results().get(row, freeEnergies[result.model()], lane);
            if (!result.observations().observed(row, lane) || !Double.isFinite(freeEnergy)) {
                continue;
            }
            double threshold = surprises.value();
            if (surprises.count() >= LEAST_ROWS && freeEnergy > threshold) {
                taker.alert(result, row, freeEnergy, threshold);
            }
            surprises.add(freeEnergy);
        }
    }

    /** The agent has had all its rows: what is to be kept of it. */
    public byte[] ended() {
        ByteBuffer bytes = ByteBuffer.allocate(RunningQuantile.BYTES);
        surprises.put(bytes);
        surprises = null;
        return bytes.array();
    }
}
