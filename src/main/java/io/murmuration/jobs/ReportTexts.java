package io.murmuration.jobs;

import io.murmuration.batch.Fleet;
import io.murmuration.model.DiscreteModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Words that the reports of jobs share. */
final class ReportTexts {
    private ReportTexts() {}

    /** A command as a shell takes it: what a reader copies from the page runs again. */
    static String command(String job, List<String> words) {
        return job + " " + words.stream().map(ReportTexts::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** With which models something was done. */
    static String title(String what, Fleet fleet) {
        return fleet.named()
                ? what + " with " + fleet.members().size() + " models"
                : what + " with " + fleet.members().get(0).model().name();
    }

    /** By model, element and index: what actions are called. */
    static Map<String, List<List<String>>> actionNames(Fleet fleet) {
        Map<String, List<List<String>>> actions = new LinkedHashMap<>();
        for (Fleet.Member member : fleet.members()) {
            if (member.model() instanceof DiscreteModel discrete) {
                actions.put(
                        member.name(),
                        discrete.labels().factors().stream()
                                .map(DiscreteModel.Factor::actions)
                                .toList());
            }
        }
        return actions;
    }
}
