package io.murmuration.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The pools that micro-batches are scheduled in: while workers are busy with those of large batches, what came alone gets the
 * next free place.
 */
final class SchedulingPools {
    static final String ALONE = "alone";
    static final String BULK = "bulk";

    private static final String ALLOCATIONS =
            """
            <allocations>
              <pool name="alone"><schedulingMode>FIFO</schedulingMode><weight>4</weight><minShare>1</minShare></pool>
              <pool name="bulk"><schedulingMode>FIFO</schedulingMode><weight>1</weight><minShare>0</minShare></pool>
            </allocations>
            """;

    private SchedulingPools() {}

    /** Writes them where Spark can read them when it starts. */
    static Path file() throws IOException {
        Path file = Files.createTempFile("murmuration-pools-", ".xml");
        file.toFile().deleteOnExit();
        return Files.writeString(file, ALLOCATIONS);
    }
}
