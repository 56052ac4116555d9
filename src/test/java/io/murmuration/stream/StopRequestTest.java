package io.murmuration.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A request to stop")
@Timeout(20)
class StopRequestTest {
    private final AtomicInteger stops = new AtomicInteger();
    private final StreamingQuery query = (StreamingQuery) Proxy.newProxyInstance(
            StreamingQuery.class.getClassLoader(),
            new Class<?>[] {StreamingQuery.class},
            (proxy, method, arguments) -> {
                if (method.getName().equals("isActive")) {
                    return stops.get() == 0;
                }
                stops.incrementAndGet();
                return null;
            });
    private final StopRequest stop = new StopRequest();

    private Thread requesting() {
        Thread thread = new Thread(() -> {
            try {
                stop.request();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        return thread;
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void thatComesBeforeTheQueryIsStartedStopsItAtItsStart() throws InterruptedException {
        stop.request();
        assertTrue(stop.isRequested());
        assertEquals(0, stops.get());
        stop.runs(query);
        assertEquals(1, stops.get());
    }

    @Test
    void thatComesBetweenTwoQueriesStopsTheSecond() throws InterruptedException {
        stop.runs(query);
        stop.ended();
        stop.request();
        assertEquals(0, stops.get());
        stop.runs(query);
        assertEquals(1, stops.get());
    }

    @Test
    @Timeout(60)
    void waitsForTheMicroBatchThatIsUnderWayWhateverBecomesOfIt() throws InterruptedException {
        stop.runs(query);
        stop.begin(0);
        Thread requesting = requesting();
        awaitWaiting(requesting);
        assertEquals(0, stops.get());
        stop.ended();
        requesting.join();
        assertEquals(1, stops.get());
    }

    @Test
    @Timeout(60)
    void letsNoOtherMicroBatchBegin() throws InterruptedException {
        stop.request();
        AtomicBoolean begun = new AtomicBoolean();
        Thread next = new Thread(() -> {
            try {
                stop.begin(1);
                begun.set(true);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        next.start();
        // Nobody interrupts it: that may be lost on its way.
        stop.runs(query);
        next.join();
        assertFalse(begun.get());
    }
}
