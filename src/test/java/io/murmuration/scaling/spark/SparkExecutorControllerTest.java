package io.murmuration.scaling.spark;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.scaling.InstanceCounts;
import io.murmuration.scaling.ScalingFailedException;
import io.murmuration.scaling.spark.FakePool.Manager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Executors come and go by the rules of every cluster manager")
class SparkExecutorControllerTest {
    private static LaunchBreaker breaker() {
        return new LaunchBreaker(3, Duration.ofMinutes(2), Duration.ofSeconds(60));
    }

    private static SparkExecutorController careful(FakePool pool) {
        return SparkExecutorController.careful(pool, 1, breaker(), pool);
    }

    private static void pass(FakePool pool, SparkExecutorController controller, int seconds) {
        for (int i = 0; i < seconds; i++) {
            pool.second();
            controller.observe();
            controller.release();
        }
    }

    @ParameterizedTest
    @EnumSource
    void asManyComeAsAreAskedFor(Manager manager) throws ScalingFailedException {
        FakePool pool = new FakePool(manager, 0);
        SparkExecutorController controller = careful(pool);
        pass(pool, controller, 20);
        assertEquals(new InstanceCounts(1, 1, 0), controller.counts());
        controller.scaleTo(12);
        assertEquals(new InstanceCounts(1, 12, 0), controller.counts());
        pass(pool, controller, 20);
        assertEquals(new InstanceCounts(12, 12, 0), controller.counts());
        assertInstanceOf(ControllerState.Working.class, controller.state());
    }

    @ParameterizedTest
    @EnumSource
    void aTotalIsAskedForBeforeAnyoneIsEnded(Manager manager) throws ScalingFailedException {
        FakePool pool = new FakePool(manager, 4);
        SparkExecutorController controller = careful(pool);
        pass(pool, controller, 11);
        assertEquals(List.of(4), pool.requests);
        controller.scaleTo(3);
        controller.release();
        assertEquals(List.of(4, 3), pool.requests);
        assertEquals(1, pool.endings.size());
        pass(pool, controller, 10);
        assertEquals(new InstanceCounts(3, 3, 0), controller.counts());
    }

    @ParameterizedTest
    @EnumSource
    void oneThatIsLostIsReplacedAndNoneThatLeft(Manager manager) throws ScalingFailedException {
        FakePool pool = new FakePool(manager, 3);
        SparkExecutorController controller = careful(pool);
        pass(pool, controller, 11);
        controller.scaleTo(2);
        pass(pool, controller, 10);
        pool.remove(pool.executors.keySet().iterator().next(), "worker lost");
        pass(pool, controller, 10);
        assertEquals(new InstanceCounts(2, 2, 0), controller.counts());
        assertInstanceOf(ControllerState.Working.class, controller.state());
    }

    @ParameterizedTest
    @EnumSource
    void noneThatRunsTasksIsEndedAndTheSurplusLeavesAsItBecomesIdle(Manager manager) throws ScalingFailedException {
        for (boolean decommissions : new boolean[] {true, false}) {
            FakePool pool = new FakePool(manager, 4);
            pool.decommissions = decommissions;
            SparkExecutorController controller = careful(pool);
            pool.executors.values().forEach(executor -> executor.tasks = 1);
            pass(pool, controller, 11);
            controller.scaleTo(1);
            pass(pool, controller, 5);
            assertEquals(List.of(), pool.endings);
            assertEquals(new InstanceCounts(4, 1, 0), controller.counts());
            pool.executors.get("2").tasks = 0;
            pass(pool, controller, 1);
            assertEquals(List.of((decommissions ? "decommission" : "kill") + " 2"), pool.endings);
            assertEquals(new InstanceCounts(3, 1, 1), controller.counts());
            pool.executors.get("0").tasks = 0;
            pool.executors.get("1").tasks = 0;
            pool.executors.get("3").tasks = 0;
            pass(pool, controller, 10);
            assertEquals(new InstanceCounts(1, 1, 0), controller.counts());
        }
    }

    @Test
    void whoeverIsToldToEndsThoseThatRunTasksLastAndByDecommissioningAlone() throws ScalingFailedException {
        FakePool pool = new FakePool(Manager.STANDALONE, 3);
        SparkExecutorController controller = SparkExecutorController.resolute(pool, 1, breaker(), pool);
        pool.executors.get("0").tasks = 1;
        pool.executors.get("2").tasks = 1;
        pass(pool, controller, 1);
        controller.scaleTo(1);
        controller.release();
        assertEquals(List.of("decommission 1", "decommission 0"), pool.endings);
        pass(pool, controller, 5);
        assertEquals(new InstanceCounts(1, 1, 1), controller.counts());
        pool.executors.get("0").tasks = 0;
        pass(pool, controller, 3);
        assertEquals(new InstanceCounts(1, 1, 0), controller.counts());

        pool.decommissions = false;
        assertThrows(IllegalArgumentException.class, () -> SparkExecutorController.resolute(pool, 1, breaker(), pool));
    }

    @Test
    void thoseWhoseLossCostsLeastGoFirst() throws ScalingFailedException {
        FakePool pool = new FakePool(Manager.STANDALONE, 3);
        pool.executors.get("2").cached = 1000;
        pool.executors.get("1").cached = 1;
        pool.executors.get("0").shuffle = true;
        SparkExecutorController controller = careful(pool);
        pass(pool, controller, 1);
        controller.scaleTo(0);
        controller.release();
        assertEquals(List.of("decommission 1", "decommission 2", "decommission 0"), pool.endings);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereNobodyHandsOnBlocksThoseThatHoldSomeStay(boolean decommissions) throws ScalingFailedException {
        FakePool pool = new FakePool(Manager.STANDALONE, 3);
        pool.decommissions = decommissions;
        pool.handsOn = false;
        pool.executors.get("0").shuffle = true;
        pool.executors.get("1").cached = 1;
        SparkExecutorController controller = careful(pool);
        pass(pool, controller, 1);
        controller.scaleTo(0);
        controller.release();
        assertEquals(List.of((decommissions ? "decommission" : "kill") + " 2"), pool.endings);
    }

    @Test
    void askingAgainForTheSameNumberChangesNothing() throws ScalingFailedException {
        FakePool pool = new FakePool(Manager.STANDALONE, 2);
        SparkExecutorController controller = careful(pool);
        pass(pool, controller, 1);
        controller.scaleTo(5);
        controller.scaleTo(5);
        assertEquals(List.of(2, 5), pool.requests);
    }

    @Test
    void howLongAStartTakesIsLearned() throws ScalingFailedException {
        FakePool pool = new FakePool(Manager.STANDALONE, 1);
        SparkExecutorController controller = careful(pool);
        pass(pool, controller, 1);
        assertEquals(OptionalDouble.empty(), controller.provisioningSeconds());
        controller.scaleTo(3);
        pass(pool, controller, 5);
        assertEquals(OptionalDouble.of(4), controller.provisioningSeconds());
    }

    @Test
    void whatIsAskedForButNotGivenIsSeen() throws ScalingFailedException {
        FakePool pool = new FakePool(Manager.STANDALONE, 1);
        pool.room = 2;
        SparkExecutorController controller = careful(pool);
        pass(pool, controller, 1);
        controller.scaleTo(4);
        pass(pool, controller, 30);
        assertInstanceOf(ControllerState.Working.class, controller.state());
        pass(pool, controller, 1);
        assertEquals(
                "asked for but not given: 4 executors are asked for, 2 are there, one has been missing for 31 s",
                assertInstanceOf(ControllerState.Unfulfilled.class, controller.state())
                        .inWords());
        pool.room = 4;
        pass(pool, controller, 6);
        assertInstanceOf(ControllerState.Working.class, controller.state());
        assertEquals(4, controller.counts().ready());
    }

    @ParameterizedTest
    @EnumSource
    void launchesThatFailOverAndOverAreStopped(Manager manager) throws ScalingFailedException {
        FakePool pool = new FakePool(manager, 1);
        SparkExecutorController controller = careful(pool);
        pass(pool, controller, 11);
        pool.launchesFail = true;
        controller.scaleTo(3);
        pass(pool, controller, 30);
        ControllerState.Broken broken = assertInstanceOf(ControllerState.Broken.class, controller.state());
        assertTrue(broken.inWords().contains("Unable to create executor"), broken::inWords);
        assertEquals(1, pool.requests.get(pool.requests.size() - 1), "the manager is kept from trying on");
        assertEquals(
                broken.inWords(),
                assertThrows(ScalingFailedException.class, () -> controller.scaleTo(3))
                        .getMessage());
        int tried = pool.requests.size();
        pass(pool, controller, 40);
        assertEquals(tried, pool.requests.size());

        // One more failure after the pause is enough, until a launch succeeds.
        pass(pool, controller, 30);
        controller.scaleTo(2);
        pass(pool, controller, 6);
        assertInstanceOf(ControllerState.Broken.class, controller.state());
        pool.launchesFail = false;
        pass(pool, controller, 60);
        controller.scaleTo(2);
        pass(pool, controller, 6);
        assertEquals(new InstanceCounts(2, 2, 0), controller.counts());
    }

    @Test
    void theLossOfOldExecutorsIsNoFailedLaunch() {
        FakePool pool = new FakePool(Manager.STANDALONE, 6);
        SparkExecutorController controller = careful(pool);
        pass(pool, controller, 40);
        IntStream.range(0, 6).forEach(id -> pool.remove(Integer.toString(id), "node lost"));
        pass(pool, controller, 6);
        assertEquals(new InstanceCounts(6, 6, 0), controller.counts());
        assertInstanceOf(ControllerState.Working.class, controller.state());
    }

    @Test
    void lostEventsAreMadeUpForFromWhatIsThere() throws ScalingFailedException {
        FakePool pool = new FakePool(Manager.STANDALONE, 2);
        pool.eventsAreLost = true;
        SparkExecutorController controller = careful(pool);
        pass(pool, controller, 1);
        controller.scaleTo(3);
        pass(pool, controller, 4);
        assertEquals(OptionalDouble.of(4), controller.provisioningSeconds());
        pool.remove("1", "nobody hears it");
        pass(pool, controller, 8);
        assertEquals(new InstanceCounts(3, 3, 0), controller.counts());
    }

    @Test
    void nothingIsDoneWhereItIsRefused() {
        FakePool pool = new FakePool(Manager.STANDALONE, 4);
        pool.refusal = Optional.of("dynamic allocation is on");
        SparkExecutorController controller = careful(pool);
        pass(pool, controller, 5);
        assertEquals(List.of(), pool.requests);
        assertEquals(List.of(), pool.endings);
        assertEquals(new InstanceCounts(4, 4, 0), controller.counts());
        assertEquals("dynamic allocation is on", controller.state().inWords());
        assertEquals(
                "dynamic allocation is on",
                assertThrows(ScalingFailedException.class, () -> controller.scaleTo(1))
                        .getMessage());
    }

    @Test
    void whatIsNotAcknowledgedIsNotAskedFor() throws ScalingFailedException {
        FakePool pool = new FakePool(Manager.YARN, 0);
        SparkExecutorController controller = careful(pool);
        pass(pool, controller, 5);
        assertInstanceOf(ControllerState.Starting.class, controller.state());
        assertThrows(ScalingFailedException.class, () -> controller.scaleTo(2));
        pass(pool, controller, 5);
        assertDoesNotThrow(() -> controller.scaleTo(2));
    }

    @Test
    void aPauseHoldsEverythingAndEndsWhenItIsSwitchedOff() throws ScalingFailedException {
        FakePool pool = new FakePool(Manager.STANDALONE, 3);
        PausablePool pausable = new PausablePool(pool, false);
        SparkExecutorController controller = SparkExecutorController.careful(pausable, 1, breaker(), pool);
        pass(pool, controller, 1);
        controller.scaleTo(1);
        pausable.setPaused(true);
        pass(pool, controller, 5);
        assertEquals(3, controller.counts().ready());
        assertEquals(
                "the autoscaler is paused: it only advises",
                assertThrows(ScalingFailedException.class, () -> controller.scaleTo(2))
                        .getMessage());
        pausable.setPaused(false);
        pass(pool, controller, 5);
        assertEquals(new InstanceCounts(1, 1, 0), controller.counts());
        assertFalse(pool.endings.isEmpty());
    }

    @Test
    void whileItIsPausedOrRefusedLaunchesThatFailLowerNoTotal() throws ScalingFailedException {
        for (boolean refused : new boolean[] {true, false}) {
            FakePool pool = new FakePool(Manager.STANDALONE, 3);
            PausablePool pausable = new PausablePool(pool, false);
            SparkExecutorController controller = SparkExecutorController.careful(pausable, 1, breaker(), pool);
            pass(pool, controller, 1);
            controller.scaleTo(6);
            pool.launchesFail = true;
            pausable.setPaused(!refused);
            pool.refusal =
                    refused ? Optional.of("the application uses resource profiles of its own") : Optional.empty();
            pass(pool, controller, 20);
            assertEquals(List.of(3, 6), pool.requests);
        }
    }

    @Test
    void aPoolThatIsPausedDoesNothingWhoeverAsks() {
        FakePool pool = new FakePool(Manager.STANDALONE, 3);
        PausablePool pausable = new PausablePool(pool, false);
        pausable.setPaused(true);
        assertFalse(pausable.requestTotal(5));
        assertEquals(Set.of(), pausable.decommission(List.of("1")));
        assertEquals(Set.of(), pausable.killIdle(List.of("2")));
        assertEquals(List.of(), pool.requests);
        assertEquals(List.of(), pool.endings);
    }
}
