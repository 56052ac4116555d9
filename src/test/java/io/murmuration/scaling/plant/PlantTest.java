package io.murmuration.scaling.plant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.murmuration.scaling.ScalingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlantTest {
    private static final Path REFERENCE = Path.of("../shared/reference/backtest/plant.csv");

    /** Steps of 15 s, and a queue of 30 s. */
    private static final ScalingContext CONTEXT =
            new ScalingContext(Duration.ofSeconds(15), 1, 60, Duration.ofSeconds(30));

    @Test
    void theQueueAndWhatIsOnItsWayStayWhenTheDelayChanges() {
        Plant plant = new Plant(CONTEXT, 10, 1, 4);
        plant.step(50, 3);
        plant.setDelay(1);
        PlantStep step = plant.step(0, 3);
        assertEquals(3, step.ready());
        assertEquals(10, step.queue());
    }

    @Test
    void theReferenceIsMetRowByRow() throws IOException {
        assumeTrue(Files.exists(REFERENCE), REFERENCE + " is not there");
        List<String> lines = Files.readAllLines(REFERENCE);
        assertEquals("step,load,desired,ready,billed,queue_seconds,violated", lines.get(0));
        Plant plant = null;
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            double load = Double.parseDouble(cells[1]);
            if (plant == null) {
                plant = new Plant(CONTEXT, 10, (int) Math.ceil(load / 10), 4);
            }
            PlantStep step = plant.step(load, Integer.parseInt(cells[2]));
            assertEquals(Integer.parseInt(cells[0]), step.step());
            assertEquals(Integer.parseInt(cells[3]), step.ready(), line);
            assertEquals(Integer.parseInt(cells[4]), step.billed(), line);
            assertEquals(Double.parseDouble(cells[5]), step.delaySeconds(), 1e-4, line);
            assertEquals(cells[6].equals("1"), step.violated(), line);
        }
    }
}
