package io.murmuration.orchestration.assignment;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jgrapht.alg.flow.mincost.CapacityScalingMinimumCostFlow;
import org.jgrapht.alg.flow.mincost.MinimumCostFlowProblem.MinimumCostFlowProblemImpl;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleDirectedWeightedGraph;

/** What another solver says: JGraphT's flow of least cost, from tasks to agents, and to nobody at the cost of a bonus. */
final class Oracle {
    private Oracle() {}

    /** What can be reached: more tasks are better, and then a higher score. */
    record Best(long matched, long score) implements Comparable<Best> {
        @Override
        public int compareTo(Best other) {
            return Comparator.comparingLong(Best::matched)
                    .thenComparingLong(Best::score)
                    .compare(this, other);
        }

        static Best of(AssignmentProblem problem, Assignment assignment) {
            return new Best(assignment.matched(), assignment.score(problem));
        }
    }

    /** @param scores all scores are below; small, since the solver's numbers are */
    static Best of(AssignmentProblem problem, int scores) {
        int nobody = problem.agents();
        int leisure = nobody + 1;
        int firstTask = nobody + 2;
        SimpleDirectedWeightedGraph<Integer, DefaultWeightedEdge> graph =
                new SimpleDirectedWeightedGraph<>(DefaultWeightedEdge.class);
        for (int node = 0; node < firstTask + problem.tasks(); node++) {
            graph.addVertex(node);
        }
        int bonus = Math.min(problem.agents(), problem.tasks()) * scores + 1;
        for (int task = 0; task < problem.tasks(); task++) {
            graph.setEdgeWeight(graph.addEdge(firstTask + task, nobody), bonus + scores);
            for (int agent = 0; agent < problem.agents(); agent++) {
                int score = problem.score(agent, task);
                if (score != AssignmentProblem.FORBIDDEN) {
                    graph.setEdgeWeight(graph.addEdge(firstTask + task, agent), scores - score);
                }
            }
        }
        for (int agent = 0; agent <= nobody; agent++) {
            graph.setEdgeWeight(graph.addEdge(leisure, agent), 0);
        }
        Map<Integer, Integer> supply = new HashMap<>();
        for (int agent = 0; agent < nobody; agent++) {
            supply.put(agent, -problem.capacity(agent));
            supply.merge(leisure, problem.capacity(agent), Integer::sum);
        }
        for (int task = 0; task < problem.tasks(); task++) {
            supply.put(firstTask + task, problem.demand(task));
            supply.merge(nobody, -problem.demand(task), Integer::sum);
        }
        Map<DefaultWeightedEdge, Double> flow = new CapacityScalingMinimumCostFlow<Integer, DefaultWeightedEdge>()
                .getMinimumCostFlow(new MinimumCostFlowProblemImpl<>(
                        graph, node -> supply.getOrDefault(node, 0), edge -> 1_000_000))
                .getFlowMap();
        long matched = 0;
        long score = 0;
        for (Map.Entry<DefaultWeightedEdge, Double> entry : flow.entrySet()) {
            int task = graph.getEdgeSource(entry.getKey()) - firstTask;
            int agent = graph.getEdgeTarget(entry.getKey());
            if (task >= 0 && agent < nobody) {
                long count = Math.round(entry.getValue());
                matched += count;
                score += count * problem.score(agent, task);
            }
        }
        return new Best(matched, score);
    }
}
