package io.murmuration.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.model.ModelFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A block stays within its bytes, whatever of it is wide")
class BlockSizeTest {
    private static final long BUDGET = 64L << 20;

    private static CompiledModel gaussian(int states, int elements, Smoothing smoothing) {
        String text = "{\"kind\": \"linear-gaussian\", \"state_dim\": %d, \"obs_dim\": %d, \"action_dim\": 1}"
                .formatted(states, elements);
        return CompiledModel.of(new Fleet.Member("model", ModelFile.parse(text, "model", false), ""), smoothing);
    }

    /** Observations, times and results of a block. */
    private static long bytes(CompiledModel model, long cells) {
        return 8 * cells * (model.layout().width() + model.kernel().observationWidth() + 2);
    }

    @ParameterizedTest
    @CsvSource({"1, 100", "1, 1000", "100, 1", "2, 2"})
    void whateverTheWidths(int states, int elements) {
        Smoothing none = new Smoothing.None();
        CompiledModel model = gaussian(states, elements, none);
        BlockSize size = BlockSize.of(model, 256, none);
        assertTrue(bytes(model, size.cells()) <= BUDGET, size.toString());
        assertTrue(size.lanes() * model.kernel().laneBytes() <= BUDGET || size.lanes() == 1, size.toString());
        for (int rows = 1; size.fits(1, rows); rows += 1 + rows / 2) {
            for (int agents = 1; size.fits(agents, rows); agents += 1 + agents / 2) {
                int room = size.roomFor(agents, rows);
                assertTrue(room >= rows && (long) agents * room <= size.cells(), size + ": " + agents + " × " + rows);
            }
        }
    }

    @Test
    void rowsThatWaitHaveTheirPlaceBesideARun() {
        Smoothing lag = new Smoothing.FixedLag(1000);
        CompiledModel model = gaussian(30, 1, lag);
        BlockSize size = BlockSize.of(model, 1, lag);
        assertTrue(size.run() + 1000 <= size.cells(), size.toString());
        Smoothing tooLong = new Smoothing.FixedLag(size.cells());
        assertEquals(
                "--smooth is " + size.cells() + ", but no more than " + (size.cells() - 1)
                        + " rows of results with this model fit into memory at once",
                assertThrows(CallerException.class, () -> BlockSize.of(model, 1, tooLong))
                        .getMessage());
    }
}
