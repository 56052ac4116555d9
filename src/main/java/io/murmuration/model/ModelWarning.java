package io.murmuration.model;

import java.util.List;
import java.util.Locale;

/** Something about a valid model that its author may not have meant. */
public sealed interface ModelWarning {

    /** The warning, for people. */
    String sentence();

    /** States of one factor, with the words for them. */
    record States(int factor, List<Integer> states, String name) {}

    /** Every modality shows the same outcomes, with the same probabilities, in several states. */
    record SameOutcomes(States states) implements ModelWarning {
        @Override
        public String sentence() {
            return "No outcome tells " + states.name() + " apart: they look the same in every modality";
        }
    }

    /** States that no agent can ever be in. */
    record Unreachable(States states) implements ModelWarning {
        @Override
        public String sentence() {
            return Names.capital(states.name())
                    + " cannot be reached: D gives nothing there, and no action leads there from where an agent can be";
        }
    }

    /** States that no action leads out of, in a factor that otherwise changes. */
    record Absorbing(States states) implements ModelWarning {
        @Override
        public String sentence() {
            return Names.capital(states.name()) + " cannot be left: whatever the agent does, it stays there";
        }
    }

    /** A factor of several states and actions none of which changes anything. */
    record UselessActions(int factor, String name, int actions) implements ModelWarning {
        @Override
        public String sentence() {
            return "No action changes " + name + ": every state stays what it is under all of the " + actions
                    + " actions";
        }
    }

    /** The outcome that is preferred most is one that no state that can be reached yields. */
    record UnsatisfiablePreference(int modality, int outcome, String name) implements ModelWarning {
        @Override
        public String sentence() {
            return "Nothing can satisfy the preference for " + name
                    + ": no state that can be reached yields this outcome, and every one that is yielded is preferred"
                    + " less";
        }
    }

    /** A key in the file that changes nothing, or less than one would think. */
    record KeyWithoutEffect(String key, String reason) implements ModelWarning {
        @Override
        public String sentence() {
            return key + " " + reason;
        }
    }

    /** The dynamics move away from 0 by themselves. */
    record Unstable(double spectralRadius) implements ModelWarning {
        @Override
        public String sentence() {
            return String.format(
                    Locale.ROOT,
                    "F is unstable: left alone, the state grows by a factor of up to %.4g a step",
                    spectralRadius);
        }
    }

    /** States that enter no observation, not even later by way of others. */
    record NeverSeen(List<Integer> states) implements ModelWarning {
        @Override
        public String sentence() {
            return Names.capital(Names.numbered("state", states)) + (states.size() == 1 ? " is" : " are")
                    + " never seen: no observation depends on " + (states.size() == 1 ? "it" : "them")
                    + ", neither at once nor later";
        }
    }

    /** States are seen only in mixtures that cannot be told apart. */
    record Unobservable(int rank, int states) implements ModelWarning {
        @Override
        public String sentence() {
            return "Observations show only " + rank + " of " + states
                    + " directions of the state, however long one looks (the rank of observability)";
        }
    }

    /** States that no control moves, not even by way of others. */
    record NeverControlled(List<Integer> states) implements ModelWarning {
        @Override
        public String sentence() {
            return Names.capital(Names.numbered("state", states)) + (states.size() == 1 ? " is" : " are")
                    + " never controlled: no action moves " + (states.size() == 1 ? "it" : "them")
                    + ", neither at once nor later";
        }
    }

    /** States can be moved only in some directions. */
    record Uncontrollable(int rank, int states) implements ModelWarning {
        @Override
        public String sentence() {
            return "Controls move only " + rank + " of " + states
                    + " directions of the state, however long one waits (the rank of controllability)";
        }
    }

    /** A covariance without full rank: allowed, and sometimes a slip. */
    record SingularCovariance(String key, int rank, int size) implements ModelWarning {
        @Override
        public String sentence() {
            return key + " is singular (rank " + rank + " of " + size + "): "
                    + switch (key) {
                        case "Q" -> "some direction of the state moves without noise";
                        default -> "some combination of observed values is seen without noise";
                    };
        }
    }
}
