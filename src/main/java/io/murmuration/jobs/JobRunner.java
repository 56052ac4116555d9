package io.murmuration.jobs;

import io.murmuration.batch.CallerException;
import io.murmuration.model.InvalidModelException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Runs a job's command: exit status 0 when it is done, 2 with one sentence for the caller's mistake, 1 with the stack
 * trace for anything else.
 */
public final class JobRunner {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int CALLERS_MISTAKE = 2;

    private JobRunner() {}

    /** Runs a command; output and errors go to the given writers. */
    public static int run(Callable<Integer> command, PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = new CommandLine(command);
        line.setOut(out);
        line.setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((exception, arguments) -> {
            err.println(exception.getMessage().lines().findFirst().orElse("The options are wrong") + " (see --help)");
            return CALLERS_MISTAKE;
        });
        line.setExecutionExceptionHandler((exception, commandLine, parsed) -> {
            Optional<String> sentence = mistake(exception);
            if (sentence.isPresent()) {
                err.println(sentence.get());
                return CALLERS_MISTAKE;
            }
            exception.printStackTrace(err);
            return FAILED;
        });
        int status = line.execute(args);
        out.flush();
        err.flush();
        return status;
    }

    /** Runs a command as the process that it is: on its own output, to its exit status. */
    static void main(Callable<Integer> command, String... args) {
        int status = run(command, utf8(System.out), utf8(System.err), args);
        Sessions.close();
        System.exit(status);
    }

    private static PrintWriter utf8(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /** The sentence about a caller's mistake, wherever in the chain of causes it stands: it may come out of a task. */
    private static Optional<String> mistake(Throwable exception) {
        return Stream.iterate(exception, e -> e != null, Throwable::getCause)
                .filter(e -> e instanceof CallerException || e instanceof InvalidModelException)
                .map(Throwable::getMessage)
                .findFirst();
    }
}
