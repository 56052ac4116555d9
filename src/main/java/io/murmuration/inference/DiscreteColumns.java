package io.murmuration.inference;

import io.murmuration.inference.ResultLayout.Kind;
import io.murmuration.model.DiscreteModel;
import io.murmuration.model.DiscreteModel.Exact;
import java.util.List;
import java.util.stream.IntStream;

/** The result columns of a discrete model and where they stand. */
record DiscreteColumns(
        ResultLayout layout,
        int belief,
        int freeEnergy,
        int negEfe,
        int posterior,
        int action,
        int logProbability,
        int entropy,
        int impossible) {

    static DiscreteColumns of(DiscreteModel model) {
        List<Integer> states =
                IntStream.range(0, model.factors()).mapToObj(model::states).toList();
        List<Integer> policies = List.of(model.policies().count());
        ResultLayout.Builder builder = new ResultLayout.Builder()
                .add("belief", Kind.ROWS, true, states)
                .scalar(ResultLayout.FREE_ENERGY, true)
                .add("neg_efe", Kind.VECTOR, true, policies)
                .add("policy_posterior", Kind.VECTOR, true, policies)
                .add(ResultLayout.ACTION, Kind.INTEGERS, true, List.of(model.factors()))
                .scalar("action_log_probability", true)
                .scalar(ResultLayout.BELIEF_ENTROPY, false)
                .scalar(ResultLayout.IMPOSSIBLE, false);
        int total = states.stream().mapToInt(Integer::intValue).sum();
        ResultLayout layout = model.algorithm() instanceof Exact && model.factors() > 1
                ? builder.buildWithFilter(
                        states.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact))
                : builder.build(0, total);
        return new DiscreteColumns(
                layout,
                layout.offset("belief"),
                layout.offset(ResultLayout.FREE_ENERGY),
                layout.offset("neg_efe"),
                layout.offset("policy_posterior"),
                layout.offset(ResultLayout.ACTION),
                layout.offset("action_log_probability"),
                layout.offset(ResultLayout.BELIEF_ENTROPY),
                layout.offset(ResultLayout.IMPOSSIBLE));
    }
}
