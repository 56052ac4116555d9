package io.murmuration.scaling;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Most votes win: for more instances, for fewer, or to hold. A policy that abstains has no vote; a tie goes to more
 * instances. Both ways the largest wish of the winning side counts, so that a vote for fewer takes no more away than the
 * most careful of those who cast it would.
 */
public record MajorityVote() implements Combination {
    /** What a vote is for; where the numbers are equal, the earlier one wins. */
    private enum Side {
        UP("more"),
        HOLD("hold"),
        DOWN("fewer");

        private final String word;

        Side(String word) {
            this.word = word;
        }

        static Side of(PolicyEvaluation evaluation, int present) {
            if (!(evaluation.wish() instanceof Wish.Target target) || target.instances() == present) {
                return HOLD;
            }
            return target.instances() > present ? UP : DOWN;
        }
    }

    @Override
    public String name() {
        return "vote";
    }

    @Override
    public Proposal combine(int present, List<PolicyEvaluation> evaluations) {
        Map<Side, List<PolicyEvaluation>> votes = evaluations.stream()
                .filter(evaluation -> !(evaluation.wish() instanceof Wish.Abstain))
                .collect(Collectors.groupingBy(
                        evaluation -> Side.of(evaluation, present),
                        () -> new EnumMap<>(Side.class),
                        Collectors.toList()));
        if (votes.isEmpty()) {
            return new Proposal(present, reasons(evaluations)).and("every policy abstains: hold");
        }
        Side winner = null;
        for (Side side : votes.keySet()) {
            if (winner == null || votes.get(side).size() > votes.get(winner).size()) {
                winner = side;
            }
        }
        int wished = votes.get(winner).stream()
                .mapToInt(evaluation -> evaluation.wish() instanceof Wish.Target target ? target.instances() : present)
                .max()
                .orElseThrow();
        Proposal proposal = new Proposal(wished, reasons(votes.get(winner)));
        return evaluations.size() == 1 ? proposal : proposal.and(count(votes, evaluations) + ": " + winner.word);
    }

    private static List<String> reasons(List<PolicyEvaluation> evaluations) {
        return evaluations.stream().map(PolicyEvaluation::text).toList();
    }

    private static String count(Map<Side, List<PolicyEvaluation>> votes, List<PolicyEvaluation> evaluations) {
        Stream<String> cast = votes.entrySet().stream()
                .map(entry ->
                        entry.getValue().stream().map(PolicyEvaluation::policy).collect(Collectors.joining(", "))
                                + " for " + entry.getKey().word);
        Stream<String> abstentions = evaluations.stream()
                .filter(evaluation -> evaluation.wish() instanceof Wish.Abstain)
                .map(evaluation ->
                        evaluation.policy() + " abstains (" + evaluation.wish().reason() + ")");
        return Stream.concat(cast, abstentions).collect(Collectors.joining("; ", "votes: ", ""));
    }
}
