package io.murmuration.inference;

import io.murmuration.model.DiscreteModel;
import io.murmuration.model.Tensor;

/**
 * Agents that learn after every step. Each has its own A, B and D, so that each lane is a block of one over tables of its
 * own, compiled anew from the lane's counts after each step.
 */
final class StepLearningBlock implements AgentBlock {
    private final DiscreteModel model;
    private final DiscreteColumns columns;
    private final Increments increments;
    private final long seed;
    /** Made when a lane is first used: there may be fewer agents than lanes. */
    private final Lane[] agents;

    StepLearningBlock(DiscreteModel model, DiscreteColumns columns, Increments increments, int lanes, long seed) {
        this.model = model;
        this.columns = columns;
        this.increments = increments;
        this.seed = seed;
        agents = new Lane[lanes];
    }

    private Lane agent(int lane) {
        if (agents[lane] == null) {
            agents[lane] = new Lane();
        }
        return agents[lane];
    }

    /** One agent with tables of its own. */
    private final class Lane {
        private final DiscreteTables tables;
        private final DiscreteBlock block;
        private double[] counts = increments.initial();
        private final double[] step = new double[increments.width()];

        Lane() {
            tables = DiscreteTables.compile(model);
            block = new DiscreteBlock(tables, columns, increments, 1, seed);
        }

        void setCounts(double[] newCounts) {
            counts = newCounts;
            compile();
        }

        void learn() {
            for (int i = 0; i < step.length; i++) {
                step[i] = block.evidence().sums()[i][0];
            }
            block.evidence().clear(0);
            increments.update(counts, step);
            compile();
        }

        private void compile() {
            for (int m = 0; increments.learnsA() && m < tables.likelihoods().size(); m++) {
                LikelihoodTable table = tables.likelihoods().get(m);
                int size = table.outcomes() * table.axes().columns();
                table.setCounts(Increments.slice(counts, increments.offsetA(m), size));
            }
            for (int f = 0; f < tables.states().length; f++) {
                TransitionTable table = tables.transitions().get(f);
                if (increments.learnsB()) {
                    int size = table.probabilities().length;
                    table.setCounts(Increments.slice(counts, increments.offsetB(f), size));
                }
                if (increments.learnsD()) {
                    setPrior(f);
                }
            }
            block.relearned();
        }

        private void setPrior(int factor) {
            double[] prior = tables.priors()[factor];
            double[] learned = Increments.slice(counts, increments.offsetD(factor), prior.length);
            double[] normalised = Tensor.vector(learned).normalised().toArray();
            System.arraycopy(normalised, 0, prior, 0, prior.length);
        }
    }

    @Override
    public void start(int lane, long agentKey) {
        agent(lane).block.start(0, agentKey);
        agent(lane).setCounts(increments.initial());
    }

    @Override
    public void resume(int lane, long agentKey, AgentState state) {
        StateChecks.size("learned counts", state.counts().length, increments.width());
        StateChecks.finite("learned counts", state.counts());
        agent(lane)
                .block
                .resume(
                        0,
                        agentKey,
                        new AgentState(
                                state.steps(),
                                state.filter(),
                                state.action(),
                                new double[increments.width()],
                                AgentState.NONE));
        agent(lane).setCounts(state.counts().clone());
    }

    @Override
    public AgentState state(int lane) {
        AgentState state = agents[lane].block.state(0);
        return new AgentState(
                state.steps(), state.filter(), state.action(), AgentState.NONE, agents[lane].counts.clone());
    }

    @Override
    public void step(int lanes, ObservationBlock observations, int step, ResultBlock results) {
        for (int i = 0; i < lanes; i++) {
            agents[i].block.step(1, observations, i, step, results);
            agents[i].learn();
        }
    }
}
