package io.murmuration.jobs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import io.murmuration.batch.OutputFolder;
import io.murmuration.orchestration.Consultation;
import io.murmuration.orchestration.Decision;
import io.murmuration.orchestration.MultiAgentOrchestrator;
import io.murmuration.orchestration.TaskView;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/** What an orchestration leaves as tables: tasks, why each is what it is, and what groups said. */
final class OrchestrationTables {
    static final String TASKS = "tasks.csv";
    private static final String DECISIONS = "decisions.csv";
    private static final String CONSULTATIONS = "consultations.jsonl";

    private OrchestrationTables() {}

    /** A question and what became of it. */
    record Asked(TaskLine line, Consultation<com.fasterxml.jackson.databind.JsonNode> consultation) {}

    static void write(OutputFolder folder, MultiAgentOrchestrator orchestrator, List<Asked> asked) throws IOException {
        List<TaskView> tasks = orchestrator.tasks();
        try (Writer out = folder.writer(TASKS)) {
            CsvWriter table = table(
                    out,
                    "task_id",
                    "name",
                    "state",
                    "agent",
                    "attempts",
                    "late_answers",
                    "submitted",
                    "ended",
                    "reason",
                    "answer");
            for (TaskView task : tasks) {
                table.writeRow(
                        task.id(),
                        task.request().name(),
                        task.state().name().toLowerCase(Locale.ROOT),
                        task.agent().orElse(null),
                        task.attempt(),
                        task.late().size(),
                        task.submitted(),
                        task.since(),
                        task.reason(),
                        task.answer().map(Object::toString).orElse(null));
            }
            table.flush();
        }
        try (Writer out = folder.writer(DECISIONS)) {
            CsvWriter table = table(out, "task_id", "at", "decision");
            for (TaskView task : tasks) {
                for (Decision decision : orchestrator.why(task.id())) {
                    table.writeRow(task.id(), decision.at(), decision.sentence());
                }
            }
            table.flush();
        }
        folder.place(DECISIONS);
        if (!asked.isEmpty()) {
            StringBuilder lines = new StringBuilder();
            asked.forEach(one -> lines.append(line(one)).append('\n'));
            folder.write(CONSULTATIONS, lines.toString());
        }
        folder.place(TASKS);
    }

    private static CsvWriter table(Writer out, String... columns) {
        CsvWriterSettings settings = new CsvWriterSettings();
        settings.getFormat().setLineSeparator("\n");
        settings.setHeaders(columns);
        CsvWriter table = new CsvWriter(out, settings);
        table.writeHeaders();
        return table;
    }

    private static ObjectNode line(Asked asked) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("name", asked.line().request().name());
        line.put("pool", asked.line().question().orElseThrow().pool().text());
        line.set("result", asked.consultation().result().orElse(null));
        ObjectNode answers = line.putObject("answers");
        asked.consultation().answers().forEach(answer -> answers.set(answer.agent(), answer.answer()));
        ObjectNode silent = line.putObject("silent");
        asked.consultation().silent().forEach(silent::put);
        return line;
    }
}
