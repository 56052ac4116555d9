package io.murmuration.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.murmuration.report.StatusPage.Phase;
import io.murmuration.report.StatusPage.Table;
import io.murmuration.report.TimeChart.Series;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayName("The status page")
class StatusServerTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00.5Z");
    private static final String EVIL = "</script><img src=x onerror=\"a('b')\">&";

    private final AtomicReference<Supplier<StatusPage>> status = new AtomicReference<>(() -> page("<Cluster>"));
    private final HttpClient client = HttpClient.newHttpClient();
    private Instant now = START;
    private StatusServer server;

    @BeforeEach
    void start() throws IOException {
        server = StatusServer.start(() -> status.get().get(), () -> now);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static StatusPage page(String name) {
        return new StatusPage(
                name,
                Phase.RUNNING,
                "It works on 3 tasks.",
                Map.of("tasks", "3"),
                List.of(new TimeChart(
                        "Tasks",
                        "",
                        "tasks",
                        List.of(START, START.plusSeconds(1)),
                        List.of(new Series("waiting", List.of(1.0, 2.0)), new Series(name, List.of(Double.NaN, 3.0))))),
                List.of(new Table("Workers", List.of("name", "tasks"), List.of(List.of(name, "2")))));
    }

    @Test
    void isForPeopleAtItsRoot() throws Exception {
        HttpResponse<String> answer = get("");
        assertEquals(200, answer.statusCode());
        assertEquals("text/html; charset=utf-8", header(answer, "Content-Type"));
        String html = answer.body();
        assertTrue(html.contains("<title>&lt;Cluster&gt;</title>"), html);
        assertTrue(html.contains("It works on 3 tasks. <time>Told at 2026-03-01 12:00:00 UTC.</time>"), html);
        assertTrue(html.contains("<dt>tasks</dt><dd>3</dd>"), html);
        assertTrue(html.contains("<td>&lt;Cluster&gt;</td><td>2</td>"), html);
        assertEquals(1, Charts.wellFormed(html));
        assertFalse(html.contains("http://"), "it loads nothing from elsewhere");
        assertFalse(html.contains("{{"), html);
    }

    @Test
    void isForProgramsAsJson() throws Exception {
        HttpResponse<String> answer = get("status.json");
        assertEquals("application/json", header(answer, "Content-Type"));
        JsonNode json = new ObjectMapper().readTree(answer.body());
        assertEquals("<Cluster>", json.path("title").asText());
        assertEquals("running", json.path("phase").asText());
        assertEquals("2026-03-01T12:00:00.500Z", json.path("time").asText());
        assertEquals("3", json.path("facts").path("tasks").asText());
        assertEquals("[null,3.0]", json.at("/charts/0/series/1/values").toString());
        assertEquals("2026-03-01T12:00:01.500Z", json.at("/charts/0/times/1").asText());
        assertEquals("[[\"<Cluster>\",\"2\"]]", json.at("/tables/0/rows").toString());
    }

    @Test
    void tellsHowThingsStandWheneverItIsAsked() throws Exception {
        get("");
        now = START.plusSeconds(5);
        status.set(() -> new StatusPage("c", Phase.ENDED, "All is done.", Map.of(), List.of(), List.of()));
        String html = get("").body();
        assertTrue(html.contains("data-phase=\"ended\""), html);
        assertTrue(html.contains("All is done. <time>Told at 2026-03-01 12:00:05 UTC.</time>"), html);
    }

    @Test
    void takesWhateverNamesHoldAsText() throws Exception {
        status.set(() -> page(EVIL));
        String html = get("").body();
        assertFalse(html.contains("<img"), html);
        assertFalse(html.contains("('b')"), html);
        assertEquals(1, Charts.wellFormed(html));
        assertEquals(
                EVIL,
                new ObjectMapper()
                        .readTree(get("status.json").body())
                        .path("title")
                        .asText());
    }

    @Test
    void letsBrowsersRunNothingButItsOwnScriptAndStyles() throws Exception {
        HttpResponse<String> answer = get("");
        String policy = header(answer, "Content-Security-Policy");
        assertTrue(policy.startsWith("default-src 'none';"), policy);
        Matcher inline =
                Pattern.compile("<(style|script)>(.*?)</\\1>", Pattern.DOTALL).matcher(answer.body());
        int found = 0;
        while (inline.find()) {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(inline.group(2).getBytes(StandardCharsets.UTF_8));
            String hash = "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
            assertTrue(
                    Pattern.compile(inline.group(1) + "-src [^;]*" + Pattern.quote(hash))
                            .matcher(policy)
                            .find(),
                    policy);
            found++;
        }
        assertEquals(3, found);
        assertFalse(answer.body().contains(" style="), "a style in an attribute has no hash");
        assertEquals("no-store", header(answer, "Cache-Control"));
        assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
    }

    @Test
    void hasNothingElse() throws Exception {
        for (String path : List.of("status", "status.json/", "index.html", "..%2f", "favicon.ico")) {
            assertEquals(404, get(path).statusCode(), path);
        }
        assertEquals(200, get("?again").statusCode());
    }

    @Test
    void canOnlyBeRead() throws Exception {
        for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "PATCH")) {
            HttpResponse<String> answer = send(request("").method(method, BodyPublishers.ofString("x")));
            assertEquals(405, answer.statusCode(), method);
            assertEquals("GET, HEAD", header(answer, "Allow"));
        }
    }

    @Test
    void answersAskedForItsHeadWithHowLongItIs() throws Exception {
        HttpResponse<String> answer = send(request("").method("HEAD", BodyPublishers.noBody()));
        assertEquals(200, answer.statusCode());
        assertEquals("", answer.body());
        assertEquals(
                Integer.toString(get("").body().getBytes(StandardCharsets.UTF_8).length),
                header(answer, "Content-Length"));
    }

    @Test
    void answersNobodyWhoCallsItByANameFromElsewhere() throws Exception {
        int port = server.address().getPort();
        assertTrue(raw("Host: evil.example:" + port).startsWith("HTTP/1.1 403 "));
        assertTrue(raw("Host: localhost.evil.example").startsWith("HTTP/1.1 403 "));
        assertTrue(raw("X-No: host").startsWith("HTTP/1.1 403 "));
        for (String name : List.of("localhost", "LOCALHOST:" + port, "127.0.0.1:" + port, "[::1]:" + port)) {
            assertTrue(raw("Host: " + name).startsWith("HTTP/1.1 200 "), name);
        }
    }

    @Test
    void saysSoWhenTheStatusCannotBeTold() throws Exception {
        status.set(() -> {
            throw new IllegalStateException("no cluster");
        });
        HttpResponse<String> answer = get("");
        assertEquals(500, answer.statusCode());
        assertEquals("The status cannot be told: java.lang.IllegalStateException: no cluster\n", answer.body());
        status.set(() -> page("c"));
        assertEquals(200, get("").statusCode());
    }

    @Test
    void answersManyAtOnce() {
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 100)
                .mapToObj(i -> client.sendAsync(request("status.json").build(), BodyHandlers.ofString()))
                .toList();
        answers.forEach(answer -> assertEquals(200, answer.join().statusCode()));
    }

    @Test
    void listensOnLoopbackAndFreesItsPortWhenItCloses() throws Exception {
        int port = server.address().getPort();
        assertEquals(200, get("").statusCode());
        server.close();
        assertThrows(ConnectException.class, () -> HttpClient.newHttpClient()
                .send(request("").build(), BodyHandlers.ofString()));
        InetSocketAddress same = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (StatusServer again = StatusServer.start(same, () -> page("c"), () -> now)) {
            assertEquals(port, again.address().getPort());
        }
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), taken.getLocalPort());
            assertThrows(IOException.class, () -> StatusServer.start(address, () -> page("c"), () -> now));
        }
    }

    @Test
    void tellsWhereItIsInNumbersThatAreAnswered() throws Exception {
        assertEquals("127.0.0.1", server.address().getHost());
        InetSocketAddress everywhere = new InetSocketAddress(0);
        try (StatusServer open = StatusServer.start(everywhere, () -> page("c"), () -> now)) {
            assertEquals(
                    200,
                    client.send(HttpRequest.newBuilder(open.address()).build(), BodyHandlers.ofString())
                            .statusCode());
        }
    }

    @Test
    void refusesTablesAndChartsThatDoNotFit() {
        String row = assertThrows(
                        IllegalArgumentException.class,
                        () -> new Table("Workers", List.of("name"), List.of(List.of("a", "b"))))
                .getMessage();
        assertTrue(row.contains("The table Workers has a row of 2 cells"), row);
        String values = assertThrows(
                        IllegalArgumentException.class,
                        () -> new TimeChart("T", "", "u", List.of(START), List.of(new Series("s", List.of()))))
                .getMessage();
        assertTrue(values.contains("the series s has 0 values, expected one for each of 1 times"), values);
        assertThrows(IllegalArgumentException.class, () -> new TimeChart("T", "", "u", List.of(START), List.of()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.address() + path));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElseThrow();
    }

    /** The client of the JDK writes its own Host. */
    private String raw(String header) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (Socket socket = new Socket(loopback, server.address().getPort())) {
            String request = "GET / HTTP/1.1\r\n" + header + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
