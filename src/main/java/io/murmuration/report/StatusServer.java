package io.murmuration.report;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * A page about something that runs, for whoever looks from this machine while it does: {@code /} for people, which brings itself
 * up to date, and {@code /status.json} for programs. Nothing can be changed by it.
 *
 * <p>On a loopback address it answers only those who call it by a name of loopback: a page from elsewhere whose name was made to
 * lead here (DNS rebinding) gets nothing. Each request asks for the status anew; few are answered at once, the others wait.
 */
public final class StatusServer implements AutoCloseable {
    private static final int THREADS = 4;
    private static final String PAGE = "/";
    private static final String JSON = "/status.json";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String POLICY = StatusContent.contentSecurityPolicy();
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "[0:0:0:0:0:0:0:1]");

    private final HttpServer server;
    private final ExecutorService threads;
    private final Supplier<StatusPage> status;
    private final InstantSource clock;

    private StatusServer(HttpServer server, ExecutorService threads, Supplier<StatusPage> status, InstantSource clock) {
        this.server = server;
        this.threads = threads;
        this.status = status;
        this.clock = clock;
    }

    /** Starts one on loopback, on a port that the system gives. */
    public static StatusServer start(Supplier<StatusPage> status, InstantSource clock) throws IOException {
        return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), status, clock);
    }

    /**
     * Starts one.
     *
     * @param address where it listens; port 0 is one that the system gives. Beyond loopback everyone may read.
     * @param status how things stand, asked by several threads
     * @param clock what time it is
     * @throws IOException if it cannot listen there
     */
    public static StatusServer start(InetSocketAddress address, Supplier<StatusPage> status, InstantSource clock)
            throws IOException {
        HttpServer http = HttpServer.create(address, 0);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "status-page");
            thread.setDaemon(true);
            return thread;
        });
        StatusServer server = new StatusServer(http, threads, status, clock);
        http.setExecutor(threads);
        http.createContext(PAGE, server::answer);
        http.start();
        return server;
    }

    /** Where the page is. */
    public URI address() {
        InetSocketAddress bound = server.getAddress();
        String numbers = bound.getAddress().getHostAddress();
        String host = bound.getAddress().isAnyLocalAddress()
                ? "localhost"
                : bound.getAddress() instanceof Inet6Address ? "[" + numbers + "]" : numbers;
        return URI.create("http://" + host + ":" + bound.getPort() + PAGE);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().getPath();
            if (!mayCall(exchange.getRequestHeaders().getFirst("Host"))) {
                send(exchange, 403, TEXT, "This server answers to localhost only.\n");
            } else if (!PAGE.equals(path) && !JSON.equals(path)) {
                send(exchange, 404, TEXT, "There is nothing here but " + PAGE + " and " + JSON + ".\n");
            } else if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, 405, TEXT, "This page can only be read.\n");
            } else {
                sendStatus(exchange, path);
            }
        }
    }

    private void sendStatus(HttpExchange exchange, String path) throws IOException {
        String type;
        String text;
        try {
            StatusContent content = new StatusContent(status.get(), clock.instant());
            boolean json = path.equals(JSON);
            type = json ? "application/json" : "text/html; charset=utf-8";
            text = json ? content.json() : content.html();
        } catch (RuntimeException e) {
            send(exchange, 500, TEXT, "The status cannot be told: " + e + "\n");
            return;
        }
        send(exchange, 200, type, text);
    }

    private boolean mayCall(String host) {
        if (!server.getAddress().getAddress().isLoopbackAddress()) {
            return true;
        }
        return host != null
                && LOOPBACK_NAMES.contains(host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT));
    }

    private static void send(HttpExchange exchange, int code, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set("Cache-Control", "no-store");
        headers.set("Content-Security-Policy", POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(bytes.length));
            exchange.sendResponseHeaders(code, -1);
        } else {
            exchange.sendResponseHeaders(code, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Stops answering, and frees the port; whoever is being answered is cut off. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
