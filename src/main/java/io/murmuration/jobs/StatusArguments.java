package io.murmuration.jobs;

import io.murmuration.batch.CallerException;
import io.murmuration.report.StatusPage;
import io.murmuration.report.StatusServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Where a job shows how it stands while it runs. */
final class StatusArguments {
    private static final int LAST_PORT = 65_535;

    @Option(
            names = "--status-port",
            defaultValue = "0",
            paramLabel = "N",
            description = "port of the page that shows how things stand; 0: one that the system gives"
                    + " (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--status-host",
            defaultValue = "localhost",
            paramLabel = "HOST",
            description = "address at which the page is; everyone who reaches it may read (default: ${DEFAULT-VALUE})")
    private String host;

    /**
     * Starts the page, and says where it is.
     *
     * @param status how things stand
     * @throws CallerException if it cannot be there
     */
    StatusServer start(Supplier<StatusPage> status, PrintWriter out) {
        if (port < 0 || port > LAST_PORT) {
            throw new CallerException("--status-port is " + port + ", expected from 0 to " + LAST_PORT);
        }
        try {
            InetSocketAddress address = host.equals("localhost")
                    ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port)
                    : new InetSocketAddress(InetAddress.getByName(host), port);
            StatusServer server = StatusServer.start(address, status, InstantSource.system());
            out.println("Status: " + server.address());
            return server;
        } catch (IOException e) {
            throw new CallerException("The status page cannot be at " + host + ":" + port + ": " + e.getMessage());
        }
    }
}
