package io.murmuration.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Observations in files that come to a stream one after the other: every agent sees something every second, some of it twice,
 * some of it far too late, some of it nonsense.
 */
record ArrivingFiles(Path folder, int agents, int files) {
    static final String MODEL =
            "{\"kind\":\"discrete\",\"pA\":[[[9,1],[1,9]]],\"B\":[[[[0.8],[0.3]],[[0.2],[0.7]]]],\"pD\":[[1,2]],"
                    + "\"learning\":{\"parameters\":[\"A\",\"D\"],\"rates\":{\"A\":0.3},\"forgetting\":0.9,\"scope\":\"agent\"}}";
    private static final int SECONDS_A_FILE = 5;
    private static final long START = 1_700_000_000;

    /** Writes all of them, each a while after the one before. */
    void write() throws IOException {
        Files.createDirectories(folder);
        for (int file = 0; file < files; file++) {
            write(file);
            // Files come to the stream in the order of these times.
            Files.setLastModifiedTime(path(file), FileTime.from(Instant.ofEpochSecond(START + file)));
        }
    }

    /** Writes one of them, to arrive now. */
    void write(int file) throws IOException {
        Random random = new Random(file);
        List<String> lines = new ArrayList<>(List.of("agent_id,t,o0"));
        for (int second = 0; second < SECONDS_A_FILE; second++) {
            for (int agent = 0; agent < agents; agent++) {
                String line = line(agent, file * SECONDS_A_FILE + second, random.nextInt(2));
                lines.add(line);
                if (random.nextInt(50) == 0) {
                    lines.add(line);
                }
            }
        }
        lines.add(line(0, -1000 - file, 1));
        lines.add(line(1, file * SECONDS_A_FILE, 7));
        Path growing = folder.resolve(".growing");
        Files.createDirectories(folder);
        Files.write(growing, lines);
        Files.move(growing, path(file));
    }

    private Path path(int file) {
        return folder.resolve("part-" + (1000 + file) + ".csv");
    }

    private static String line(int agent, int second, int outcome) {
        return "agent-" + agent + "," + Instant.ofEpochSecond(START + second) + "," + outcome;
    }
}
