package io.murmuration.orchestration.matching;

import io.murmuration.orchestration.assignment.AssignmentProblem;
import java.io.Serializable;

/** The problem of profiles and demands, pair by pair: scores are those of a {@code ProfileProblem}, read from arrays. */
public record CompiledProblem(Profiles profiles, Demands demands) implements AssignmentProblem, Serializable {
    @Override
    public int agents() {
        return profiles.size();
    }

    @Override
    public int tasks() {
        return demands.size();
    }

    @Override
    public int capacity(int agent) {
        return profiles.places(agent);
    }

    @Override
    public int demand(int task) {
        return demands.count(task);
    }

    @Override
    public int score(int agent, int task) {
        int numeric = profiles.numbers.length;
        double sum = 0;
        for (int r = demands.start[task]; r < demands.start[task + 1]; r++) {
            int capability = demands.capability[r];
            double met = capability < numeric
                    ? Demands.met(profiles.numbers[capability][agent], demands.atLeast[r])
                    : is(profiles.categories[capability - numeric][agent], demands.category[r]);
            if (demands.required[r] && met < 1) {
                return FORBIDDEN;
            }
            sum += met;
        }
        return demands.score(task, sum);
    }

    static double is(int has, int wanted) {
        return has == wanted && wanted != Profiles.NO_CATEGORY ? 1 : 0;
    }
}
