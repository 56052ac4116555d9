package io.murmuration.model;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The example models")
class ExampleModelsTest {
    @Test
    void everyFileIsAValidModel() throws IOException {
        List<Path> models;
        try (Stream<Path> files = Files.walk(Path.of("conf", "models"))) {
            models = files.filter(Files::isRegularFile).toList();
        }
        assertFalse(models.isEmpty());
        models.forEach(model -> assertDoesNotThrow(() -> ModelFile.read(model), model.toString()));
    }
}
