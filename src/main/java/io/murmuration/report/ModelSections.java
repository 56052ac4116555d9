package io.murmuration.report;

import io.murmuration.summary.RunSummary;
import java.util.List;
import java.util.Map;

/**
 * The results of all models: a fleet's at a glance, then each model's.
 *
 * @param models the results of each model, by name
 * @param actionNames by model, element and index: what actions are called; lists may be empty
 */
record ModelSections(Map<String, RunSummary> models, Map<String, List<List<String>>> actionNames) {

    void addTo(StringBuilder body) {
        if (models.size() > 1) {
            new FleetSection(models).addTo(body);
        }
        models.forEach((name, summary) -> new ModelSection(
                        models.size() > 1 ? "Model " + name : "Results",
                        FleetSection.anchor(models, name),
                        summary,
                        actionNames.getOrDefault(name, List.of()))
                .addTo(body));
    }
}
