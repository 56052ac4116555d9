package io.murmuration.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.inference.ObservationBlock;
import io.murmuration.inference.ResultBlock;
import io.murmuration.model.ModelFile;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultTableTest {
    @DisplayName("Rows in the making are few where they are wide")
    @ParameterizedTest
    @CsvSource({"100, 60, 10, 52", "1, 1100, 1024, 1024", "300, 12, 5, 6"})
    void wide(int states, int steps, int least, int most) {
        String text = "{\"kind\": \"linear-gaussian\", \"state_dim\": %d, \"obs_dim\": 1, \"action_dim\": 1}"
                .formatted(states);
        CompiledModel model = CompiledModel.of(
                new Fleet.Member("model", ModelFile.parse(text, "model", false), ""), new Smoothing.None());
        ResultTable table = new ResultTable(
                false,
                ResultTable.standard(false, List.of(model.layout())),
                TimeType.LONG,
                Precision.DOUBLE,
                TableFormat.PARQUET);
        AtomicInteger seen = new AtomicInteger();
        ResultTable.Rows rows = table.rows(model, table.schema(List.of(model.layout())), row -> seen.incrementAndGet());
        ObservationBlock observations = new ObservationBlock(1, 1, 1, 1);
        ResultBlock results = new ResultBlock(1, 1, model.layout());
        int first = 0;
        for (int step = 0; step < steps; step++) {
            rows.add(new InferenceResult(0, "a", observations, results, 0, 1, step));
            first = first == 0 ? seen.get() : first;
        }
        assertTrue(least <= first && first <= most, first + " rows at once");
        rows.flush();
        assertEquals(steps, seen.get());
    }
}
