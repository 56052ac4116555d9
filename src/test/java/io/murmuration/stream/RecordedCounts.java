package io.murmuration.stream;

import io.murmuration.batch.TaskEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What the records in a stream's output tell while it runs. */
public final class RecordedCounts {
    private static final String ENDING = ".record";

    private RecordedCounts() {}

    /** All rows as far as the latest record counts them; none before the first. */
    public static StreamCounts latest(Path output) throws IOException {
        Path records = output.resolve(".progress");
        OptionalLong latest = latestOf(records);
        if (latest.isEmpty()) {
            return StreamCounts.NONE;
        }
        try {
            byte[] record =
                    Base64.getMimeDecoder().decode(Files.readString(records.resolve(latest.getAsLong() + ENDING)));
            return TaskEnd.result(record, StreamProgress.Total.class).counts();
        } catch (NoSuchFileException e) {
            // Two micro-batches have been done since.
            return latest(output);
        }
    }

    private static OptionalLong latestOf(Path records) throws IOException {
        if (!Files.exists(records)) {
            return OptionalLong.empty();
        }
        try (Stream<Path> files = Files.list(records)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[0-9]+" + ENDING))
                    .mapToLong(name -> Long.parseLong(name.replace(ENDING, "")))
                    .max();
        }
    }
}
