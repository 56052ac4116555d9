package io.murmuration.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.murmuration.inference.ObservationBlock;
import io.murmuration.model.GenerativeModel;
import io.murmuration.model.ModelFile;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents in worlds do what their models say they should. */
class ClosedLoopTest {
    private static final int AGENTS = 100;
    private static final List<String> IDS =
            IntStream.range(0, AGENTS).mapToObj(i -> "agent-" + i).toList();

    private static ClosedLoop run(String world, int steps, List<String> ids) {
        GenerativeModel model = model(world);
        ClosedLoop loop = new ClosedLoop(model, model, ids.size(), steps, 7);
        loop.run(ids);
        return loop;
    }

    private static GenerativeModel model(String world) {
        return ModelFile.parse(Environments.model(world).toString(), world, false);
    }

    @Test
    void inTheMazeAgentsLookAtTheCueAndThenGoToTheRewardedArm() {
        ClosedLoop loop = run("t-maze", 3, IDS);
        for (int lane = 0; lane < AGENTS; lane++) {
            assertEquals(3, loop.state(1, 0, lane), "the cue comes first");
            assertEquals(1 + loop.state(0, 1, lane), loop.state(2, 0, lane), "then the rewarded arm");
        }
    }

    @Test
    void onTheGridAgentsReachTheGoal() {
        ClosedLoop loop = run("grid", 20, IDS);
        for (int lane = 0; lane < AGENTS; lane++) {
            assertEquals(8, loop.state(19, 0, lane));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"t-maze", "grid", "bandit", "plant"})
    void whatHappensToAnAgentDoesNotDependOnTheOthers(String world) {
        ClosedLoop together = run(world, 6, IDS);
        for (int lane : new int[] {0, 41, 99}) {
            ClosedLoop alone = run(world, 6, List.of(IDS.get(lane)));
            for (int step = 0; step < 6; step++) {
                assertEquals(together.state(step, 0, lane), alone.state(step, 0, 0));
                assertEquals(
                        together.observations().observation(step, 0, lane),
                        alone.observations().observation(step, 0, 0));
                assertEquals(
                        together.observations().action(step, 0, lane),
                        alone.observations().action(step, 0, 0));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"t-maze", "plant"})
    void aLoopThatKeepsFewStepsAtOnceGoesTheSameWay(String world) {
        ClosedLoop whole = run(world, 7, IDS);
        ClosedLoop parts = new ClosedLoop(model(world), model(world), AGENTS, 3, 7);
        parts.start(IDS);
        for (int first = 0; first < 7; first += 3) {
            int taken = Math.min(3, 7 - first);
            parts.advance(taken);
            for (int step = 0; step < taken; step++) {
                assertEquals(first + step, parts.observations().time(step, 41));
                assertEquals(whole.state(first + step, 0, 41), parts.state(step, 0, 41));
                assertEquals(
                        whole.observations().observation(first + step, 0, 41),
                        parts.observations().observation(step, 0, 41));
            }
        }
    }

    @Test
    void aWorldRefusesAnActionThatIsMissingAndAgentsThatDoNotFit() {
        World world = World.of(model("grid"), 1, 0);
        world.start(0, 1);
        assertThrows(IllegalArgumentException.class, () -> world.act(1, 0, new ObservationBlock(1, 1, 1, 1)));
        assertThrows(IllegalArgumentException.class, () -> new ClosedLoop(model("grid"), model("t-maze"), 1, 1, 0));
    }
}
