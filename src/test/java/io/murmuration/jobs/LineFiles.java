package io.murmuration.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Files of JSON lines that come to a stream one after the other: every agent sees something at every step, or misses it. */
record LineFiles(Path folder, int agents, int stepsAFile) {
    /** So old that Spark's own stream over files would pass over it. */
    private static final long LONG_AGO = 500_000_000;

    static LineFiles in(Path folder, int agents, int stepsAFile) throws IOException {
        return new LineFiles(Files.createDirectories(folder), agents, stepsAFile);
    }

    /** Writes one of them, and puts it into the folder by renaming it. */
    void arrive(int file) throws IOException {
        Random random = new Random(file);
        List<String> lines = new ArrayList<>();
        for (int step = 0; step < stepsAFile; step++) {
            for (int agent = 0; agent < agents; agent++) {
                String outcome = random.nextInt(7) == 0 ? "null" : Integer.toString(random.nextInt(2));
                lines.add(line("agent-" + agent, file * stepsAFile + step, outcome));
            }
        }
        arrive(file, lines);
    }

    void arrive(int file, List<String> lines) throws IOException {
        Path growing = Files.write(folder.resolve(".growing"), lines);
        Files.setLastModifiedTime(growing, FileTime.from(Instant.ofEpochSecond(LONG_AGO + file)));
        Files.move(growing, path(file));
    }

    private Path path(int file) {
        return folder.resolve("lines [" + (1000 + file) + "].json");
    }

    void move(int file, Path elsewhere) throws IOException {
        Files.move(path(file), elsewhere.resolve(path(file).getFileName()));
    }

    static String line(String agent, int time, String outcome) {
        return "{\"agent_id\":\"" + agent + "\",\"t\":" + time + ",\"o0\":" + outcome + "}";
    }
}
