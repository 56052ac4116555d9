package io.murmuration.scaling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A decision journal as it was written.
 *
 * @param settings what the autoscaler was made by
 * @param ticks all whole lines, in their order
 * @param torn that the last line is half a line and was left out, in words: its writer was killed; empty where it is whole
 */
public record Journal(ScalingSettings settings, List<JournalTick> ticks, Optional<String> torn) {
    public Journal {
        ticks = List.copyOf(ticks);
    }

    /**
     * Reads a journal; a half-written last line is left out.
     *
     * @throws InvalidJournalException with a sentence, if it is none or a line is broken
     */
    public static Journal read(Path file) {
        try {
            return parse(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new InvalidJournalException("The journal " + file + " cannot be read: " + e, e);
        }
    }

    private static Journal parse(String name, String text) {
        int end = text.lastIndexOf('\n') + 1;
        List<String> lines = text.substring(0, end).lines().toList();
        if (lines.isEmpty()) {
            throw new InvalidJournalException(name + " has no whole line, expected the header of a decision journal");
        }
        ScalingSettings settings = line(name, 1, lines.get(0), JournalLines::readHeader);
        List<JournalTick> ticks = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            ticks.add(line(name, i + 1, lines.get(i), JournalLines::readTick));
        }
        Optional<String> torn = end == text.length()
                ? Optional.empty()
                : Optional.of(name + ", line " + (lines.size() + 1) + " does not end and is left out");
        return new Journal(settings, ticks, torn);
    }

    private static <T> T line(String name, int number, String line, Function<String, T> reader) {
        try {
            return reader.apply(line);
        } catch (IllegalArgumentException e) {
            throw new InvalidJournalException(name + ", line " + number + " " + e.getMessage(), e);
        }
    }
}
