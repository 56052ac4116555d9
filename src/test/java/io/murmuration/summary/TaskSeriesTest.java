package io.murmuration.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A series of where tasks stood")
class TaskSeriesTest {
    private static TaskMoment moment(int second, long waiting, long succeeded) {
        return new TaskMoment(Instant.ofEpochSecond(second), waiting, 1, new TreeMap<>(Map.of("succeeded", succeeded)));
    }

    @Test
    void keepsAllOfFew() {
        TaskSeries series = new TaskSeries();
        assertEquals(List.of(), series.moments());
        series.add(moment(1, 3, 0));
        series.add(moment(2, 0, 3));
        assertEquals(List.of(moment(1, 3, 0), moment(2, 0, 3)), series.moments());
    }

    @Test
    void keepsFewOfManyAndLosesNeitherTheLongestQueueNorTheEnd() {
        TaskSeries series = new TaskSeries();
        int count = 100_001;
        for (int second = 0; second < count; second++) {
            series.add(moment(second, second == 777 ? 900 : second % 10, second));
        }
        List<TaskMoment> moments = series.moments();
        assertTrue(moments.size() <= 513 && moments.size() >= 256, () -> "" + moments.size());
        assertEquals(moment(777, 900, 777), moments.get(777 / 256));
        assertEquals(moment(count - 1, 0, count - 1), moments.get(moments.size() - 1));
        for (int i = 1; i < moments.size(); i++) {
            assertTrue(moments.get(i - 1).at().isBefore(moments.get(i).at()));
        }
    }

    @Test
    void refusesToGoBack() {
        TaskSeries series = new TaskSeries();
        series.add(moment(2, 0, 0));
        series.add(moment(2, 1, 0));
        String message = assertThrows(IllegalArgumentException.class, () -> series.add(moment(1, 0, 0)))
                .getMessage();
        assertTrue(message.contains("is at 1970-01-01T00:00:01Z, before the last one"), message);
    }
}
