package io.murmuration.scaling.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Of a sink that fails, ticks know nothing")
class SteadySinkTest {
    private final List<String> log = new ArrayList<>();
    private boolean diskIsFull;
    private final SteadySink sink = new SteadySink(
            new TickSink() {
                @Override
                public String name() {
                    return "The journal";
                }

                @Override
                public void accept(TickRecord tick) throws IOException {
                    if (diskIsFull) {
                        throw new IOException("No space left on device");
                    }
                }
            },
            log::add);

    private void ticks(int count) {
        for (int i = 0; i < count; i++) {
            sink.accept(null);
        }
    }

    @Test
    void andAnOutageIsToldOnce() {
        ticks(2);
        diskIsFull = true;
        ticks(3);
        String outage = "The journal cannot be written: java.io.IOException: No space left on device; decisions go on";
        assertEquals(List.of(outage), log);
        diskIsFull = false;
        ticks(2);
        assertEquals(List.of(outage, "The journal is written again; ticks that are missing: 3"), log);
        diskIsFull = true;
        ticks(1);
        assertEquals(3, log.size());
    }
}
