package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A table that is submitted to a cluster one by one gets the results of a batch")
class ClusterJobIT {
    private static final Pattern STATUS = Pattern.compile("Status: (http://\\S+/)");

    @TempDir
    Path folder;

    @Test
    void asInABatchAndAJournalKnowsWhatWasSubmitted() throws IOException, InterruptedException {
        Object[] common = {"--model", "conf/cluster/pump.yaml", "--input", "conf/cluster/pumps.csv"};
        JobProcess batch = JobProcess.start(
                folder.resolve("batch.log"), "infer", common, "--format", "csv", "--output", folder.resolve("batch"));
        Object[] ofCluster = {
            common,
            "--workers",
            1,
            "--worker-memory",
            512,
            "--journal",
            folder.resolve("journal"),
            "--conf",
            "spark.executor.extraJavaOptions=-Djava.io.tmpdir=" + folder
        };
        JobProcess cluster = JobProcess.start(
                folder.resolve("cluster.log"),
                "cluster",
                ofCluster,
                "--rate",
                400,
                "--output",
                folder.resolve("first"));
        assertTrue(cluster.awaitOutput("Status: "), cluster::output);
        JsonNode status = status(cluster);
        assertEquals("running", status.get("phase").asText());
        assertEquals("local-cluster[1,1,512]", status.at("/facts/master").asText());
        assertEquals(0, cluster.await(), cluster::output);
        assertEquals(0, batch.await(), batch::output);

        Map<String, List<String>> expected = rows(folder.resolve("batch/results"), 0);
        Map<String, List<String>> actual = rows(folder.resolve("first"), 1);
        assertEquals(1000, actual.size());
        assertEquals(expected, actual);

        JobProcess.run(folder.resolve("again.log"), "cluster", ofCluster, "--output", folder.resolve("second"));
        JsonNode summary =
                JobHarness.JSON.readTree(folder.resolve("second/summary.json").toFile());
        assertEquals(1000, summary.get("skipped").asInt());
        assertEquals(0, summary.get("completed").asInt());
        assertEquals("journal", summary.get("durability").asText());
        assertTrue(Files.readString(folder.resolve("second/report.html")).contains("no result"));
    }

    private static JsonNode status(JobProcess cluster) throws IOException, InterruptedException {
        Matcher address = STATUS.matcher(cluster.output());
        assertTrue(address.find(), cluster::output);
        HttpRequest request = HttpRequest.newBuilder(URI.create(address.group(1) + "status.json"))
                .build();
        return JobHarness.JSON.readTree(HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body());
    }

    /** Belief and what follows it, by agent and time. */
    private static Map<String, List<String>> rows(Path table, int keyFrom) throws IOException {
        Map<String, List<String>> rows = new TreeMap<>();
        try (Stream<Path> files = Files.list(table)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".csv")).toList()) {
                CsvParser parser = new CsvParser(new CsvParserSettings());
                List<String[]> lines = parser.parseAll(file.toFile());
                int belief = Arrays.asList(lines.get(0)).indexOf("belief");
                for (String[] line : lines.subList(1, lines.size())) {
                    rows.put(
                            line[keyFrom] + "@" + line[keyFrom + 1],
                            Arrays.asList(line).subList(belief, lines.get(0).length));
                }
            }
        }
        return rows;
    }
}
