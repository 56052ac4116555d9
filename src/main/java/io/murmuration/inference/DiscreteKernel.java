package io.murmuration.inference;

import io.murmuration.model.DiscreteModel;
import io.murmuration.model.DiscreteModel.DirichletLearning;
import io.murmuration.model.DiscreteModel.NoLearning;
import io.murmuration.model.DiscreteModel.Scope;
import io.murmuration.model.DiscreteModel.Update;

/** The engine of discrete models. */
final class DiscreteKernel implements InferenceKernel {
    private static final DirichletLearning NOTHING =
            new DirichletLearning(false, false, false, 0, 0, 0, 1, Update.SEQUENCE, Scope.AGENT);

    /** An array of one number: its header, the number, and the reference to it. */
    private static final long BYTES_OF_A_ROW_OF_ONE = 28;

    private final DiscreteModel model;
    private final DiscreteTables tables;
    private final DiscreteColumns columns;
    private final Increments increments;
    private final CountLearning learning;

    private DiscreteKernel(DiscreteModel model) {
        this.model = model;
        tables = DiscreteTables.compile(model);
        columns = DiscreteColumns.of(model);
        DirichletLearning dirichlet = model.learning() instanceof DirichletLearning d ? d : NOTHING;
        increments = new Increments(tables, dirichlet);
        learning = model.learning() instanceof NoLearning
                ? CountLearning.NONE
                : new DirichletCounts(increments, dirichlet);
    }

    static InferenceKernel compile(DiscreteModel model) {
        return new DiscreteKernel(model);
    }

    @Override
    public ResultLayout layout() {
        return columns.layout();
    }

    @Override
    public int observationWidth() {
        return model.observationWidth();
    }

    @Override
    public int actionWidth() {
        return model.actionWidth();
    }

    @Override
    public AgentBlock block(int lanes, long seed) {
        return learnsEachStep()
                ? new StepLearningBlock(model, columns, increments, lanes, seed)
                : new DiscreteBlock(tables, columns, increments, lanes, seed);
    }

    @Override
    public long laneBytes() {
        long rows = DiscreteBlock.rows(tables, increments);
        return learnsEachStep()
                ? BYTES_OF_A_ROW_OF_ONE * rows
                        + DiscreteCost.tableBytes(tables)
                        + 2L * Double.BYTES * increments.width()
                : Double.BYTES * rows;
    }

    private boolean learnsEachStep() {
        return model.learning() instanceof DirichletLearning dirichlet && dirichlet.update() == Update.STEP;
    }

    @Override
    public Smoother smoother() {
        return new DiscreteSmoother(tables, columns);
    }

    @Override
    public CountLearning learning() {
        return learning;
    }
}
