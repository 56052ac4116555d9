package io.murmuration.orchestration.matching;

import io.murmuration.orchestration.assignment.AgentGroup;
import io.murmuration.orchestration.assignment.Capabilities;
import io.murmuration.orchestration.assignment.ProfileProblem;
import io.murmuration.orchestration.assignment.Requirement;
import io.murmuration.orchestration.assignment.Requirement.AtLeast;
import io.murmuration.orchestration.assignment.Requirement.Is;
import io.murmuration.orchestration.assignment.Requirements;
import io.murmuration.orchestration.assignment.TaskGroup;
import io.murmuration.orchestration.matching.Matching.Found;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Agents and tasks that tests make. */
final class Markets {
    private static final List<String> NUMBERS = List.of("age", "cores", "memory");
    private static final List<String> CATEGORIES = List.of("language", "region");

    private Markets() {}

    /** The sizes of a random problem; few levels of numbers for many ties, negative ones and none at all among them. */
    record Shape(int agents, int tasks, int mostCapacity, int mostDemand, int levels, double required) {}

    static ProfileProblem random(Shape shape, long seed) {
        Random random = new Random(seed);
        Map<Capabilities, AgentGroup> agents = new LinkedHashMap<>();
        for (int i = 0; i < shape.agents(); i++) {
            Map<String, Double> numbers = new HashMap<>();
            Map<String, String> categories = new HashMap<>();
            NUMBERS.stream()
                    .filter(name -> random.nextInt(8) > 0)
                    .forEach(name -> numbers.put(name, number(shape, random)));
            CATEGORIES.stream()
                    .filter(name -> random.nextInt(8) > 0)
                    .forEach(name -> categories.put(name, category(random)));
            Capabilities capabilities = new Capabilities(numbers, categories);
            agents.putIfAbsent(capabilities, new AgentGroup(capabilities, 1, random.nextInt(shape.mostCapacity() + 1)));
        }
        List<TaskGroup> tasks = new ArrayList<>();
        for (int i = 0; i < shape.tasks(); i++) {
            List<Requirement> requirements = new ArrayList<>();
            NUMBERS.stream()
                    .filter(name -> random.nextBoolean())
                    .forEach(name -> requirements.add(
                            new AtLeast(name, number(shape, random), random.nextDouble() < shape.required())));
            CATEGORIES.stream()
                    .filter(name -> random.nextBoolean())
                    .forEach(name ->
                            requirements.add(new Is(name, category(random), random.nextDouble() < shape.required())));
            tasks.add(new TaskGroup(new Requirements(requirements), random.nextInt(shape.mostDemand() + 1)));
        }
        return new ProfileProblem(List.copyOf(agents.values()), tasks);
    }

    private static double number(Shape shape, Random random) {
        return random.nextInt(shape.levels()) - 1.0;
    }

    /** More categories than a long has bits. */
    private static String category(Random random) {
        return "c" + (random.nextInt(3) == 0 ? random.nextInt(100) : random.nextInt(2));
    }

    static CompiledProblem compile(ProfileProblem problem) {
        Profiles.Builder profiles = new Profiles.Builder(NUMBERS, CATEGORIES);
        for (AgentGroup group : problem.agentGroups()) {
            profiles.add(group.capabilities(), group.count() * group.capacity());
        }
        Profiles built = profiles.build();
        Demands.Builder demands = new Demands.Builder(built);
        problem.taskGroups().forEach(group -> demands.add(group.requirements(), group.count()));
        return new CompiledProblem(built, demands.build());
    }

    /** Matches in this thread. */
    static Found match(CompiledProblem problem, Effort effort) {
        ProfileIndex index = new ProfileIndex(problem.profiles(), problem.demands());
        return Matching.of(index, new LocalShortlists(index), effort);
    }
}
