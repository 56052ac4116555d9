package io.murmuration.orchestration.assignment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.orchestration.assignment.Requirement.AtLeast;
import io.murmuration.orchestration.assignment.Requirement.Is;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Capabilities and requirements")
class CapabilitiesTest {
    private static final Capabilities AGENT =
            new Capabilities(Map.of("memory", 8.0, "cores", 2.0), Map.of("zone", "north"));

    @ParameterizedTest(name = "{0} of at least {1} scores {2}")
    @CsvSource({
        "8, 8, 1",
        "9, 8, 1",
        "6, 8, 0.75",
        "0, 8, 0",
        "-3, 8, 0",
        "0, 0, 1",
        "-0.0, 0, 1",
        "-1, 0, 0",
        "5, 0, 1",
        "-2, -2, 1",
        "-1, -2, 1",
        "-4, -2, 0",
        "0, -2, 1",
        "5, -2, 1"
    })
    @DisplayName("A number scores in full where it is met, else by its ratio to what is required, if there is one")
    void numbers(double capability, double required, double score) {
        Capabilities agent = new Capabilities(Map.of("x", capability), Map.of());
        assertEquals(score, new AtLeast("x", required, false).score(agent));
        assertEquals(score == 1, new AtLeast("x", required, false).isMetBy(agent));
    }

    @ParameterizedTest
    @CsvSource({"5", "0", "-5"})
    @DisplayName("A capability that an agent has not meets nothing")
    void absent(double required) {
        AtLeast requirement = new AtLeast("disk", required, true);
        assertEquals(0, requirement.score(AGENT));
        assertFalse(requirement.isMetBy(AGENT));
        assertEquals(0, new Is("disk", "fast", true).score(AGENT));
        assertEquals(0, new AtLeast("zone", required, true).score(AGENT));
        assertEquals(0, new Is("memory", "8.0", true).score(AGENT));
    }

    @Test
    @DisplayName("A category scores 1 or 0")
    void categories() {
        assertEquals(1, new Is("zone", "north", false).score(AGENT));
        assertEquals(0, new Is("zone", "North", false).score(AGENT));
    }

    @Test
    @DisplayName("Requirements score their mean, and 1 where there are none")
    void means() {
        assertEquals(1, Requirements.NONE.score(AGENT));
        assertEquals(1, Requirements.NONE.score(Capabilities.NONE));
        assertEquals(
                0.625,
                Requirements.of(
                                new AtLeast("memory", 16, false),
                                new AtLeast("cores", 1, false),
                                new Is("zone", "north", false),
                                new Is("owner", "us", false))
                        .score(AGENT));
    }

    @Test
    @DisplayName("An agent is out of the question where it lacks what is required, and only there")
    void required() {
        assertTrue(Requirements.of(new AtLeast("memory", 16, false)).allow(AGENT));
        assertFalse(Requirements.of(new AtLeast("memory", 16, true)).allow(AGENT));
        assertTrue(Requirements.of(new AtLeast("memory", 8, true)).allow(AGENT));
        assertFalse(Requirements.of(new AtLeast("memory", 8, true), new Is("zone", "south", true))
                .allow(AGENT));
    }

    @Test
    @DisplayName("A problem of profiles has scores in millionths, capacities of whole groups, and forbids what lacks")
    void problem() {
        Requirements thirds = Requirements.of(new AtLeast("cores", 3, false));
        Requirements south = Requirements.of(new Is("zone", "south", true));
        ProfileProblem problem = new ProfileProblem(
                List.of(new AgentGroup(AGENT, 4, 3), AgentGroup.single(AGENT, 0)),
                List.of(new TaskGroup(thirds, 7), TaskGroup.single(south)));
        assertEquals(666_667, problem.score(0, 0));
        assertEquals(AssignmentProblem.FORBIDDEN, problem.score(0, 1));
        assertEquals(12, problem.capacity(0));
        assertEquals(0, problem.capacity(1));
        assertEquals(7, problem.demand(0));
        assertEquals(7, OptimalAssignment.of(problem).assignment().matched());
    }

    @Test
    @DisplayName("Equal profiles are equal, in whatever order they were told")
    void equality() {
        assertEquals(
                Requirements.of(new AtLeast("a", 0.0, false), new Is("b", "x", true)),
                Requirements.of(new Is("b", "x", true), new AtLeast("a", -0.0, false)));
        assertEquals(new Capabilities(Map.of("a", 0.0), Map.of()), new Capabilities(Map.of("a", -0.0), Map.of()));
    }

    @Test
    @DisplayName("What makes no sense is refused in a sentence")
    void refusals() {
        assertRefused(
                "capability 'x' is NaN, expected a finite number",
                () -> new Capabilities(Map.of("x", Double.NaN), Map.of()));
        assertRefused(
                "capability 'x' is both a number and a category, expected one of them",
                () -> new Capabilities(Map.of("x", 1.0), Map.of("x", "y")));
        assertRefused(
                "requirement 'x' is at least Infinity, expected a finite number",
                () -> new AtLeast("x", Double.POSITIVE_INFINITY, false));
        assertRefused(
                "capability 'x' is required twice, expected one requirement of it",
                () -> Requirements.of(new AtLeast("x", 1, false), new Is("x", "y", false)));
        assertRefused(
                "a group of agents is of -1 agents with a capacity of 2, expected at least 0 for both",
                () -> new AgentGroup(AGENT, -1, 2));
        assertRefused(
                "a group of 2000000000 agents with a capacity of 2 takes more than 2147483647 tasks, expected several groups"
                        + " instead",
                () -> new AgentGroup(AGENT, 2_000_000_000, 2));
        assertRefused(
                "a group of tasks is of -1 tasks, expected at least 0", () -> new TaskGroup(Requirements.NONE, -1));
    }

    private static void assertRefused(String message, Runnable making) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, making::run).getMessage());
    }
}
