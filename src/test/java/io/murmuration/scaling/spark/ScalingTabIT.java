package io.murmuration.scaling.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScalingTabIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    private String root;

    /** The one that other tests share is made anew by whoever needs it next. */
    @BeforeEach
    void noOtherSparkRuns() {
        SparkContext.getOrCreate(new SparkConf().setMaster("local[1]").setAppName("before"))
                .stop();
    }

    @Test
    @DisplayName(
            "Spark's UI has the tab, its JSON, its switch and its gauges, and the page is a file when Spark is gone")
    void tab(@TempDir Path folder) throws Exception {
        SparkContext context = new SparkContext(conf().set(
                        "spark.murmuration.scaling.journal",
                        folder.resolve("load.jsonl").toString())
                .set("spark.ui.port", "0")
                .set("spark.metrics.namespace", "all")
                .set(
                        "spark.metrics.conf.*.sink.prometheusServlet.class",
                        "org.apache.spark.metrics.sink.PrometheusServlet")
                .set("spark.metrics.conf.*.sink.prometheusServlet.path", "/metrics/prometheus"));
        try {
            root = context.uiWebUrl().get();
            JsonNode json = firstTick();
            assertEquals(context.applicationId(), json.get("application").asText());
            assertEquals(1, json.get("ticks").size());
            assertTrue(json.get("latest").get("policies").size() > 0, json.toString());

            String page = get("/scaling/");
            assertTrue(page.contains("<h3>Demand against capacity</h3>") && page.contains("<svg "), page);
            assertTrue(page.contains("local[1]"), "why nothing can be changed here is told");
            assertTrue(get("/jobs/").contains("/scaling/\">Scaling</a>"), "other pages lead to it");

            assertEquals(405, send(request("/scaling/pause/").GET()).statusCode(), "a link changes nothing");
            assertTrue(post("/scaling/pause/").contains("Paused: decisions are not carried out."));
            assertTrue(JSON.readTree(get("/scaling/json")).get("paused").asBoolean());
            assertTrue(post("/scaling/resume/").contains("Advises only: the master is local[1], "));

            String gauges = get("/metrics/prometheus/");
            for (String gauge : new String[] {"executors_requested", "work_queued", "decisions_up", "wish_demand"}) {
                assertTrue(
                        gauges.contains("metrics_all_driver_plugin_io_murmuration_scaling_spark_AutoScalerPlugin_"
                                + gauge + "_"),
                        gauge + " in " + gauges);
            }
        } finally {
            context.stop();
        }
        assertTrue(Files.readString(folder.resolve("load.html")).contains("<h1>Scaling of load (local-"));
    }

    @Test
    @DisplayName("Who may not modify the application sees no switch, and is answered 403")
    void others() throws Exception {
        SparkContext context = new SparkContext(conf().set("spark.ui.port", "0")
                .set("spark.ui.filters", UserFilter.class.getName())
                .set("spark.acls.enable", "true")
                .set("spark.ui.view.acls", "*")
                .set("spark.modify.acls", "owner"));
        try {
            root = context.uiWebUrl().get();
            firstTick();
            assertEquals(
                    403,
                    send(of("guest", "/scaling/pause/").POST(BodyPublishers.noBody()))
                            .statusCode());
            assertFalse(JSON.readTree(get("/scaling/json")).get("paused").asBoolean());
            assertFalse(send(of("guest", "/scaling/").GET()).body().contains("<form"));
            assertTrue(send(of("owner", "/scaling/").GET()).body().contains("<form"));
            assertEquals(
                    200,
                    send(of("owner", "/scaling/pause/").POST(BodyPublishers.noBody()))
                            .statusCode());
            assertTrue(JSON.readTree(get("/scaling/json")).get("paused").asBoolean());
        } finally {
            context.stop();
        }
    }

    private HttpRequest.Builder of(String user, String path) {
        return request(path).header("user", user);
    }

    /** Takes whoever a request says it comes from for its user. */
    public static final class UserFilter implements Filter {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            chain.doFilter(
                    new HttpServletRequestWrapper((HttpServletRequest) request) {
                        @Override
                        public String getRemoteUser() {
                            return getHeader("user");
                        }
                    },
                    response);
        }
    }

    @Test
    @DisplayName("Without Spark's UI the autoscaler runs without a tab")
    void noUi(@TempDir Path folder) throws IOException {
        Path journal = folder.resolve("load.jsonl");
        new SparkContext(conf().set("spark.ui.enabled", "false")
                        .set("spark.murmuration.scaling.journal", journal.toString()))
                .stop();
        assertTrue(Files.exists(journal) && Files.exists(folder.resolve("load.html")));
    }

    /** One tick comes at once, and then none for an hour. */
    private static SparkConf conf() {
        return new SparkConf()
                .setMaster("local[1]")
                .setAppName("load")
                .set("spark.plugins", AutoScalerPlugin.class.getName())
                .set("spark.murmuration.scaling.interval", "1h");
    }

    private JsonNode firstTick() {
        return assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            JsonNode json = JSON.readTree(get("/scaling/json"));
            while (json.get("ticks").isEmpty()) {
                json = JSON.readTree(get("/scaling/json"));
            }
            return json;
        });
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request(path).GET());
        assertEquals(200, response.statusCode(), path);
        return response.body();
    }

    private String post(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request(path).POST(BodyPublishers.noBody()));
        assertEquals(200, response.statusCode(), path);
        return response.body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(root + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
