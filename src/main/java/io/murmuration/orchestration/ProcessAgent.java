package io.murmuration.orchestration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An agent that is a process of its own. For each task it is written one line to its standard input, an object with {@code task},
 * {@code attempt}, {@code name}, {@code payload} and {@code until}, and writes one line to its standard output: {@code {"answer":
 * …}}, or {@code {"error": "…"}} if the attempt failed. What it writes to standard error goes to ours. It is started for its first
 * task, and goes on to the next; if it dies, answers anything else, or is interrupted, the attempt fails, and another process
 * is started for the next one.
 *
 * <p>A process does one task at a time: it is to be registered with a limit of 1. Closed, it ends its process.
 */
public final class ProcessAgent implements ActingAgent, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** For what a process wrote before it ended to be read. */
    private static final long LAST_WORDS_SECONDS = 1;

    private final List<String> command;
    private final int deaths;
    private int deathsInARow;
    private volatile Optional<Running> running = Optional.empty();
    private volatile boolean closed;

    private record Running(Process process, Writer input, BufferedReader output) {
        void end() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /**
     * @param command program and arguments
     * @param deaths after so many processes in a row that ended without an answer the agent is gone, at least 1
     * @throws IllegalArgumentException if that is below 1
     */
    public ProcessAgent(List<String> command, int deaths) {
        if (deaths < 1) {
            throw new IllegalArgumentException(
                    "an agent is gone after " + deaths + " deaths of its process, expected at least 1");
        }
        this.command = List.copyOf(command);
        this.deaths = deaths;
    }

    /**
     * @throws AgentGoneException if too many processes ended in a row, none can be started, or this is closed; the task was not begun
     * @throws IOException if the process ends, or says that the attempt failed
     */
    @Override
    public synchronized JsonNode act(AssignedTask task) throws AgentGoneException, IOException, InterruptedException {
        Running process = running();
        JsonNode said;
        try {
            said = said(exchange(process, line(task)));
        } catch (IOException e) {
            end(process);
            throw e;
        } catch (InterruptedException e) {
            end(process);
            // We ended it; it did not die.
            deathsInARow--;
            throw e;
        }
        deathsInARow = 0;
        if (said.hasNonNull("answer")) {
            return said.get("answer");
        }
        throw new IOException(said.get("error").asText());
    }

    /** The number of the process, as the system counts them, while one runs. */
    public OptionalLong pid() {
        Optional<Running> present = running.filter(process -> process.process().isAlive());
        return present.isPresent() ? OptionalLong.of(present.get().process().pid()) : OptionalLong.empty();
    }

    /** Ends the process, if one runs, and with it the attempt that it is at. */
    @Override
    public void close() {
        closed = true;
        running.ifPresent(Running::end);
    }

    /** It may be alive a little longer, but is not used again. */
    private void end(Running process) {
        process.end();
        running = Optional.empty();
    }

    private Running running() throws AgentGoneException {
        Optional<Running> present = running.filter(process -> process.process().isAlive());
        if (present.isPresent()) {
            return present.get();
        }
        if (deathsInARow >= deaths) {
            throw new AgentGoneException(
                    "its process died " + deathsInARow + " times in a row without an answer: " + command, null);
        }
        Running started = start();
        running = Optional.of(started);
        if (closed) {
            started.end();
            throw new AgentGoneException("it is closed", null);
        }
        // Until it answers, it counts as one that died.
        deathsInARow++;
        return started;
    }

    private Running start() throws AgentGoneException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new Running(
                    process, process.outputWriter(StandardCharsets.UTF_8), process.inputReader(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AgentGoneException("its process cannot be started: " + e.getMessage(), e);
        }
    }

    private static String line(AssignedTask task) throws IOException {
        ObjectNode line = JSON.createObjectNode();
        line.put("task", task.attempt().task());
        line.put("attempt", task.attempt().number());
        line.put("name", task.request().name());
        line.set("payload", task.request().payload());
        line.put("until", task.until().toString());
        return JSON.writeValueAsString(line) + "\n";
    }

    /**
     * Writes and reads in a thread that can be left alone: neither can be interrupted, but both end with the process. So does
     * waiting for them, since others may hold the pipe open that the process had.
     */
    private static String exchange(Running process, String line) throws IOException, InterruptedException {
        CompletableFuture<String> answer =
                CompletableFuture.supplyAsync(() -> exchangeHere(process, line), ProcessAgent::inAThread);
        try {
            CompletableFuture.anyOf(answer, process.process().onExit()).get();
            return answer.get(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            boolean hasEnded = process.process().waitFor(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
            throw new IOException(
                    hasEnded
                            ? "its process ended with " + process.process().exitValue() + " without an answer"
                            : "its process closed its pipe without an answer",
                    e);
        }
    }

    private static void inAThread(Runnable exchange) {
        Thread thread = new Thread(exchange, "process-agent");
        thread.setDaemon(true);
        thread.start();
    }

    private static String exchangeHere(Running process, String line) {
        try {
            process.input().write(line);
            process.input().flush();
            String answer = process.output().readLine();
            if (answer == null) {
                throw new EOFException();
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode said(String line) throws IOException {
        JsonNode said;
        try {
            said = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IOException("its process wrote no JSON: " + line, e);
        }
        if (said.hasNonNull("answer") || said.path("error").isTextual()) {
            return said;
        }
        throw new IOException("its process wrote " + line + ", expected an object with an answer or an error");
    }
}
