package io.murmuration.scaling.policy.active;

import io.murmuration.model.DiscreteModel.DirichletLearning;
import io.murmuration.model.DiscreteModel.Learning;
import io.murmuration.model.DiscreteModel.NoLearning;
import io.murmuration.model.DiscreteModel.Scope;
import io.murmuration.model.DiscreteModel.Terms;
import io.murmuration.model.DiscreteModel.Update;

/**
 * The whole agent, or one with a part taken out, which shows what that part is worth.
 *
 * @param name of the policy
 * @param terms of the expected free energy
 * @param learning of the transitions
 */
record Variant(String name, Terms terms, Learning learning) {
    private static final Terms ALL = new Terms(true, true, false);
    private static final Learning OF_TRANSITIONS =
            new DirichletLearning(false, true, false, 1, 1, 1, 1, Update.STEP, Scope.AGENT);

    static final Variant WHOLE = new Variant("active-inference", ALL, OF_TRANSITIONS);
    static final Variant WITHOUT_LEARNING = new Variant("active-inference-no-learning", ALL, new NoLearning());
    static final Variant WITHOUT_INFORMATION_GAIN =
            new Variant("active-inference-no-information-gain", new Terms(true, false, false), OF_TRANSITIONS);
}
