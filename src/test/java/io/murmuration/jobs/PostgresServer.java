package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A real PostgreSQL, with a password, on this machine alone. */
final class PostgresServer implements AutoCloseable {
    static final String PASSWORD = "nobody-else's";
    /** It does not run as root. */
    private static final String USER = "nobody";

    private static final boolean ROOT = System.getProperty("user.name").equals("root");

    private final Path folder;
    private final int port;
    private final Thread hook = new Thread(this::kill);
    private Process process;

    private PostgresServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Starts one; where there is none, root gets it from Debian, and for others the test is left out. */
    static PostgresServer start() throws IOException, InterruptedException {
        if (programs().isEmpty() && ROOT && Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            run(List.of("apt-get", "-q", "update"));
            run(List.of("apt-get", "-q", "-y", "install", "--no-install-recommends", "postgresql"));
        }
        Path programs =
                programs().orElseGet(() -> abort("There is no PostgreSQL on this machine: apt-get install postgresql"));
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        // Not in a folder of the project's, which another user may not be able to enter.
        PostgresServer server =
                new PostgresServer(Files.createTempDirectory(Path.of("/tmp"), "murmuration-postgres-"), port);
        server.begin(programs);
        return server;
    }

    private static Optional<Path> programs() throws IOException {
        Path debian = Path.of("/usr/lib/postgresql");
        List<Path> all = new ArrayList<>();
        if (Files.isDirectory(debian)) {
            try (Stream<Path> versions = Files.list(debian)) {
                versions.map(version -> version.resolve("bin")).forEach(all::add);
            }
        }
        for (String entry : System.getenv("PATH").split(":", -1)) {
            all.add(Path.of(entry));
        }
        return all.stream()
                .filter(at -> Files.isExecutable(at.resolve("initdb")) && Files.isExecutable(at.resolve("postgres")))
                .findFirst();
    }

    private static void run(List<String> words) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
    }

    private static List<String> asUser(List<String> words) {
        if (!ROOT) {
            return words;
        }
        List<String> all = new ArrayList<>(List.of("setpriv", "--reuid=" + USER, "--regid=nogroup", "--clear-groups"));
        all.addAll(words);
        return all;
    }

    private void begin(Path programs) throws IOException, InterruptedException {
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        Path data = folder.resolve("data");
        if (ROOT) {
            Files.setOwner(
                    folder,
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
            Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
        }
        run(asUser(List.of(
                programs.resolve("initdb").toString(),
                "--no-sync",
                "--username=postgres",
                "--auth=scram-sha-256",
                "--pwfile=" + password,
                "--encoding=UTF8",
                "--locale=C",
                data.toString())));
        process = new ProcessBuilder(asUser(List.of(
                        programs.resolve("postgres").toString(),
                        "-D",
                        data.toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "fsync=off")))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(hook);
        awaitIt();
    }

    private void awaitIt() throws IOException {
        while (true) {
            try {
                connect().close();
                return;
            } catch (SQLException e) {
                if (!process.isAlive()) {
                    throw new IllegalStateException(Files.readString(folder.resolve("log")), e);
                }
                LockSupport.parkNanos(100_000_000);
            }
        }
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), "postgres", PASSWORD);
    }

    private void kill() {
        process.destroy();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        kill();
        process.waitFor();
        Runtime.getRuntime().removeShutdownHook(hook);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
