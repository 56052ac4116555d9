package io.murmuration.model;

import java.io.Serializable;
import java.util.List;

/**
 * A partially observable Markov decision process in the form of active inference: hidden states in factors, outcomes in
 * modalities, and what the agent prefers, expects and may do.
 *
 * @param name for people
 * @param A a likelihood a modality, {@code [outcome][state of dependency 0][state of dependency 1]…}; columns along the first axis are distributions
 * @param B a transition a factor, {@code [next state][state of dependency 0]…[action]}; columns along the first axis are distributions
 * @param C log preferences a modality, {@code [planning step][outcome]}; one row stands for every step
 * @param D a prior over the first state a factor
 * @param E the prior probability of every policy
 * @param aDependencies the factors that each modality depends on, in the order of the tensor's axes
 * @param bDependencies the factors that each factor's next state depends on, in the order of the tensor's axes
 * @param policies what the agent chooses from
 * @param gamma precision of policies, at least 0
 * @param alpha precision of the stochastic choice of actions, at least 0
 * @param algorithm how beliefs are updated
 * @param terms what counts in the expected free energy
 * @param counts Dirichlet counts of A, B and D
 * @param learning whether and how counts are learned
 * @param inductive whether the agent infers inductively, and towards which states
 * @param selection deterministic or stochastic choice
 * @param sampling marginal or full choice
 * @param labels names of factors, states, actions, modalities and outcomes
 */
public record DiscreteModel(
        String name,
        List<Tensor> A,
        List<Tensor> B,
        List<Tensor> C,
        List<Tensor> D,
        Tensor E,
        List<List<Integer>> aDependencies,
        List<List<Integer>> bDependencies,
        Policies policies,
        double gamma,
        double alpha,
        Algorithm algorithm,
        Terms terms,
        Counts counts,
        Learning learning,
        Inductive inductive,
        ActionSelection selection,
        SamplingMode sampling,
        Labels labels)
        implements GenerativeModel {

    /**
     * Checks that tensors fit together and that values mean something.
     *
     * @throws InvalidModelException with one sentence about the first thing that does not
     */
    public DiscreteModel(
            String name,
            List<Tensor> A,
            List<Tensor> B,
            List<Tensor> C,
            List<Tensor> D,
            Tensor E,
            List<List<Integer>> aDependencies,
            List<List<Integer>> bDependencies,
            Policies policies,
            double gamma,
            double alpha,
            Algorithm algorithm,
            Terms terms,
            Counts counts,
            Learning learning,
            Inductive inductive,
            ActionSelection selection,
            SamplingMode sampling,
            Labels labels) {
        this.name = name;
        this.A = List.copyOf(A);
        this.B = List.copyOf(B);
        this.C = List.copyOf(C);
        this.D = List.copyOf(D);
        this.E = E;
        this.aDependencies = copy(aDependencies);
        this.bDependencies = copy(bDependencies);
        this.policies = policies;
        this.gamma = gamma;
        this.alpha = alpha;
        this.algorithm = algorithm;
        this.terms = terms;
        this.counts = counts;
        this.learning = learning;
        this.inductive = inductive;
        this.selection = selection;
        this.sampling = sampling;
        this.labels = labels;
        DiscreteShapes.check(A, B, D, aDependencies, bDependencies);
        DiscreteValues.check(this);
    }

    private static List<List<Integer>> copy(List<List<Integer>> lists) {
        return lists.stream().map(List::copyOf).toList();
    }

    /** How beliefs are updated. */
    public sealed interface Algorithm extends Serializable {}

    /** Fixed-point iteration of the mean-field posterior; exact where there is one factor. */
    public record FixedPoint(int iterations) implements Algorithm {}

    /** Filtering over the joint of the factors. */
    public record Exact() implements Algorithm {}

    /** The terms of the expected free energy that are in use. */
    public record Terms(boolean utility, boolean statesInfoGain, boolean paramInfoGain) implements Serializable {}

    /** Dirichlet counts in the shapes of A, B and D; an empty list where the model gives none. */
    public record Counts(List<Tensor> pA, List<Tensor> pB, List<Tensor> pD) implements Serializable {
        public static final Counts NONE = new Counts(List.of(), List.of(), List.of());

        public Counts {
            pA = List.copyOf(pA);
            pB = List.copyOf(pB);
            pD = List.copyOf(pD);
        }
    }

    /** Whether and how counts are learned. */
    public sealed interface Learning extends Serializable {}

    /** Nothing is learned. */
    public record NoLearning() implements Learning {}

    /**
     * Dirichlet learning: {@code count ← forgetting · count + rate · increment}.
     *
     * @param A whether A is learned
     * @param B whether B is learned
     * @param D whether D is learned
     * @param rateA rate of A
     * @param rateB rate of B
     * @param rateD rate of D
     * @param forgetting what is kept of a count at an update, in (0, 1]
     * @param update after every step, or once after the agent's last row
     * @param scope counts of each agent, or of all agents of the model together
     */
    public record DirichletLearning(
            boolean A,
            boolean B,
            boolean D,
            double rateA,
            double rateB,
            double rateD,
            double forgetting,
            Update update,
            Scope scope)
            implements Learning {}

    /** When counts are updated. */
    public enum Update {
        STEP,
        SEQUENCE
    }

    /** Whose counts are updated. */
    public enum Scope {
        AGENT,
        POPULATION
    }

    /** Whether the agent infers inductively, backwards from the states that it wants to reach. */
    public sealed interface Inductive extends Serializable {}

    /** No inductive inference. */
    public record NoInductive() implements Inductive {}

    /**
     * Inductive inference towards goals (Friston et al. 2023, "Active inference and intentional behaviour").
     *
     * @param H a goal indicator (0 or 1) a state, a vector a factor
     * @param depth number of rows of the backward reachability table, at least 1
     * @param threshold a transition counts as possible above this probability, in [0, 1)
     * @param epsilon the weight of states that lead away from the goal, in (0, 1]
     */
    public record TowardsGoals(List<Tensor> H, int depth, double threshold, double epsilon) implements Inductive {
        public TowardsGoals {
            H = List.copyOf(H);
        }
    }

    /** Deterministic takes the maximum, stochastic draws. */
    public enum ActionSelection {
        DETERMINISTIC,
        STOCHASTIC
    }

    /** Each factor's first action marginalised over policies, or a whole policy's first action. */
    public enum SamplingMode {
        MARGINAL,
        FULL
    }

    /** Names of a factor, its states and its actions; empty lists where the model gives none. */
    public record Factor(String name, List<String> states, List<String> actions) implements Serializable {
        public Factor {
            states = List.copyOf(states);
            actions = List.copyOf(actions);
        }
    }

    /** Names of a modality and its outcomes; an empty list where the model gives none. */
    public record Modality(String name, List<String> outcomes) implements Serializable {
        public Modality {
            outcomes = List.copyOf(outcomes);
        }
    }

    /** All labels; empty lists where the model gives none. */
    public record Labels(List<Factor> factors, List<Modality> modalities) implements Serializable {
        public static final Labels NONE = new Labels(List.of(), List.of());

        public Labels {
            factors = List.copyOf(factors);
            modalities = List.copyOf(modalities);
        }
    }

    /** Number of factors. */
    public int factors() {
        return B.size();
    }

    /** Number of modalities. */
    public int modalities() {
        return A.size();
    }

    /** Number of states of a factor. */
    public int states(int factor) {
        return B.get(factor).length(0);
    }

    /** Number of actions of a factor. */
    public int actions(int factor) {
        Tensor b = B.get(factor);
        return b.length(b.rank() - 1);
    }

    /** Number of outcomes of a modality. */
    public int outcomes(int modality) {
        return A.get(modality).length(0);
    }

    @Override
    public int observationWidth() {
        return modalities();
    }

    @Override
    public int actionWidth() {
        return factors();
    }
}
