package io.murmuration.jobs;

import io.murmuration.batch.CallerException;
import io.murmuration.batch.Fleet;
import io.murmuration.batch.Fleet.Member;
import io.murmuration.model.ModelFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads {@code --model}: one file, or a folder of several. */
final class FleetFiles {
    private FleetFiles() {}

    static Fleet read(Path path) {
        if (!Files.isDirectory(path)) {
            return new Fleet(List.of(member(path)), false);
        }
        try (Stream<Path> files = Files.list(path)) {
            List<Member> members = files.filter(
                            file -> file.getFileName().toString().matches("(?i)[^.].*\\.(json|ya?ml)"))
                    .sorted()
                    .map(FleetFiles::member)
                    .toList();
            if (members.isEmpty()) {
                throw new CallerException("The folder " + path + " (--model) holds no .json or .yaml file");
            }
            return fleet(members);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Fleet fleet(List<Member> members) {
        try {
            return new Fleet(members, true);
        } catch (IllegalArgumentException e) {
            throw new CallerException(e.getMessage());
        }
    }

    private static Member member(Path file) {
        return new Member(ModelFile.stem(file), ModelFile.read(file), sha256(file));
    }

    /** The hashes of the models' files, as summaries tell them: one, or in a fleet by name. */
    static Object sha256(Fleet fleet) {
        if (!fleet.named()) {
            return fleet.members().get(0).sha256();
        }
        Map<String, String> hashes = new LinkedHashMap<>();
        fleet.members().forEach(member -> hashes.put(member.name(), member.sha256()));
        return hashes;
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
