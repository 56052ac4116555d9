package io.murmuration.jobs;

import io.murmuration.batch.CallerException;
import io.murmuration.batch.Fleet;
import io.murmuration.batch.ObservationColumns;
import io.murmuration.batch.TableFormat;
import io.murmuration.batch.TimeType;
import io.murmuration.stream.source.FolderFiles;
import io.murmuration.stream.source.KafkaTopic;
import io.murmuration.stream.source.MessageForm;
import io.murmuration.stream.source.StreamSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options of where a stream's observations come from. */
final class SourceArguments {
    private static final Pattern ADDRESS = Pattern.compile("(.+):(\\d{1,5})");
    private static final int LAST_PORT = 65_535;
    private static final int AGENTS = 1000;

    /** At which message a new stream begins. */
    private enum Starting {
        EARLIEST,
        LATEST
    }

    /** What times are, where no table tells. */
    private enum Time {
        INTEGER,
        TIMESTAMP
    }

    @Option(
            names = "--input",
            paramLabel = "PATH",
            description = "observations: a folder into which files are put, or a glob")
    private Optional<String> input = Optional.empty();

    @Option(
            names = "--input-format",
            paramLabel = "csv|json|parquet",
            description = "format of the observations (default: by the files' names)")
    private TableFormat inputFormat;

    @Option(names = "--max-files-per-trigger", paramLabel = "N", description = "files that a micro-batch takes at most")
    private Optional<Integer> maxFiles = Optional.empty();

    @Option(
            names = "--kafka",
            paramLabel = "SERVERS",
            description = "observations are messages of Kafka at HOST:PORT,…, a JSON object each (with --topic)")
    private Optional<String> kafka = Optional.empty();

    @Option(names = "--topic", paramLabel = "NAME", description = "topic in which the messages are")
    private Optional<String> topic = Optional.empty();

    @Option(
            names = "--max-offsets-per-trigger",
            paramLabel = "N",
            description = "messages that a micro-batch takes at most")
    private Optional<Long> maxOffsets = Optional.empty();

    @Option(
            names = "--starting",
            paramLabel = "earliest|latest",
            description = "message at which a new stream begins (default: earliest)")
    private Optional<Starting> starting = Optional.empty();

    @Option(
            names = "--socket",
            paramLabel = "HOST:PORT",
            description = "observations are lines that a program sends which listens there, a JSON object each")
    private Optional<String> socket = Optional.empty();

    @Option(
            names = "--time-type",
            paramLabel = "integer|timestamp",
            description = "what times are in messages and lines (default: timestamp with --watermark, else integer);"
                    + " with --input and --input-format json the folder may be empty at first")
    private Optional<Time> timeType = Optional.empty();

    @Option(names = "--rate", paramLabel = "N", description = "so many made-up observations a second")
    private Optional<Long> rate = Optional.empty();

    @Option(
            names = "--agents",
            paramLabel = "N",
            description = "agents that made-up observations are of (default: 1000)")
    private Optional<Long> agents = Optional.empty();

    /**
     * The source.
     *
     * @param timestamps whether times have to be timestamps
     * @throws CallerException unless the options name one source and what it needs
     */
    StreamSource source(Fleet fleet, ObservationColumns columns, boolean timestamps) {
        List<String> named = Stream.of(
                        input.map(value -> "--input"),
                        kafka.map(value -> "--kafka"),
                        socket.map(value -> "--socket"),
                        rate.map(value -> "--rate"))
                .flatMap(Optional::stream)
                .toList();
        if (named.size() != 1) {
            throw new CallerException("Observations come from one of --input, --kafka, --socket and --rate, but "
                    + (named.isEmpty() ? "none is given" : String.join(" and ", named) + " are given"));
        }
        String from = named.get(0);
        goesWith("--input", from, "--input-format", inputFormat != null);
        goesWith("--input", from, "--max-files-per-trigger", maxFiles.isPresent());
        goesWith("--kafka", from, "--topic", topic.isPresent());
        goesWith("--kafka", from, "--max-offsets-per-trigger", maxOffsets.isPresent());
        goesWith("--kafka", from, "--starting", starting.isPresent());
        goesWith("--rate", from, "--agents", agents.isPresent());
        boolean lines = input.isPresent() && inputFormat == TableFormat.JSON && timeType.isPresent();
        if (timeType.isPresent() && !lines && (input.isPresent() || rate.isPresent())) {
            throw new CallerException("--time-type goes with --kafka, --socket and --input-format json: elsewhere the"
                    + " observations tell what their times are");
        }
        if (input.isPresent() && !lines) {
            return new StreamSource.Folder(files(input.get()), Optional.ofNullable(inputFormat));
        }
        for (String column : List.of(columns.agent(), columns.model())) {
            if (column.equals(ObservationColumns.FILE)) {
                throw new CallerException("@file stands for the name of a file, but with " + from + " there are none");
            }
        }
        if (rate.isPresent()) {
            return rate(rate.get(), fleet, columns);
        }
        MessageForm form = MessageForm.of(columns, time(timestamps), fleet);
        if (lines) {
            return new StreamSource.Lines(files(input.get()), form, fleet);
        }
        return kafka.isPresent() ? kafka(kafka.get(), form, fleet) : socket(socket.get(), form, fleet);
    }

    private static void goesWith(String source, String actual, String option, boolean given) {
        if (given && !actual.equals(source)) {
            throw new CallerException(option + " goes with " + source + ", not with " + actual);
        }
    }

    private static long atLeastOne(String option, long value) {
        if (value < 1) {
            throw new CallerException(option + " is " + value + ", expected at least 1");
        }
        return value;
    }

    private TimeType time(boolean timestamps) {
        return timeType.orElse(timestamps ? Time.TIMESTAMP : Time.INTEGER) == Time.TIMESTAMP
                ? TimeType.TIMESTAMP
                : TimeType.LONG;
    }

    private FolderFiles files(String path) {
        maxFiles.ifPresent(files -> atLeastOne("--max-files-per-trigger", files));
        return new FolderFiles(path, maxFiles.map(OptionalInt::of).orElse(OptionalInt.empty()));
    }

    private StreamSource kafka(String servers, MessageForm form, Fleet fleet) {
        String name = topic.orElseThrow(() -> new CallerException("--kafka needs the topic, as --topic NAME"));
        maxOffsets.ifPresent(offsets -> atLeastOne("--max-offsets-per-trigger", offsets));
        return new StreamSource.Kafka(
                new KafkaTopic(servers, name),
                starting.equals(Optional.of(Starting.LATEST)),
                maxOffsets.map(OptionalLong::of).orElse(OptionalLong.empty()),
                form,
                fleet);
    }

    private static StreamSource socket(String address, MessageForm form, Fleet fleet) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > LAST_PORT) {
            throw new CallerException("--socket is " + address + ", expected HOST:PORT");
        }
        return new StreamSource.Socket(parts.group(1), Integer.parseInt(parts.group(2)), form, fleet);
    }

    private StreamSource rate(long rows, Fleet fleet, ObservationColumns columns) {
        if (!columns.observation().isEmpty()) {
            throw new CallerException("--observation does not go with --rate, which makes up its own");
        }
        return StreamSource.Rate.of(
                atLeastOne("--rate", rows), atLeastOne("--agents", agents.orElse((long) AGENTS)), fleet, columns);
    }
}
