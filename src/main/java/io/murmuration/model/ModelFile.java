package io.murmuration.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Reads models from files, in JSON or YAML. */
public final class ModelFile {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String PARSERS_OWN =
            " \\(start marker at .*|, from `StreamReadConstraints[^)]*\\)`|, got this instead: <.*| \\(bound as `.*";

    private ModelFile() {}

    /**
     * Reads a file; one that ends in {@code .yaml} or {@code .yml} is YAML, every other is JSON.
     *
     * @throws InvalidModelException with a sentence that begins with the file's name
     */
    public static GenerativeModel read(Path file) {
        return readWithKeys(file).model();
    }

    /**
     * Reads a file as {@link #read} does, and keeps what it says.
     *
     * @throws InvalidModelException with a sentence that begins with the file's name
     */
    public static ParsedModel readWithKeys(Path file) {
        String name = file.getFileName().toString();
        try {
            return parseWithKeys(Files.readString(file), stem(file), name.matches("(?i).*\\.ya?ml"));
        } catch (InvalidModelException e) {
            throw new InvalidModelException(name + ": " + e.getMessage());
        } catch (IOException e) {
            String why = Files.isDirectory(file)
                    ? "is a folder, expected a file"
                    : Files.exists(file) ? "cannot be read as text" : "does not exist";
            throw new InvalidModelException("The model file " + file + " " + why);
        }
    }

    /** The file's name without its ending. */
    public static String stem(Path file) {
        return file.getFileName().toString().replaceFirst("\\.[^.]+$", "");
    }

    /**
     * Reads a model from text.
     *
     * @param stem the model's name where the text gives none
     */
    public static GenerativeModel parse(String text, String stem, boolean yaml) {
        return parseWithKeys(text, stem, yaml).model();
    }

    /** Reads a model from text as {@link #parse} does, and keeps what it says. */
    public static ParsedModel parseWithKeys(String text, String stem, boolean yaml) {
        JsonNode root;
        try {
            // Some editors begin a file with a byte order mark.
            root = (yaml ? YAML : JSON).readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
            throw new InvalidModelException(
                    "This is not " + (yaml ? "YAML" : "JSON") + where + ": " + oneLine(e.getOriginalMessage()));
        }
        if (root == null || !root.isObject()) {
            throw new InvalidModelException("The model is "
                    + (root == null || root.isMissingNode() ? "empty" : TensorReader.show(root))
                    + ", expected an object with keys");
        }
        String kind = root.path("kind").asText("");
        GenerativeModel model =
                switch (kind) {
                    case "discrete" -> new DiscreteModelReader(root).read(stem);
                    case "linear-gaussian" -> new LinearGaussianModelReader(root).read(stem);
                    default ->
                        throw new InvalidModelException("kind is " + TensorReader.show(root.path("kind"))
                                + ", expected \"discrete\" or \"linear-gaussian\"");
                };
        return ParsedModel.of(model, root);
    }

    /** A parser's message without the excerpts that it shows on lines of their own, and without its own affairs. */
    private static String oneLine(String message) {
        return message.lines()
                .filter(line -> !line.startsWith(" ") && !line.isBlank())
                .collect(Collectors.joining(", "))
                .replaceFirst(PARSERS_OWN, "");
    }
}
