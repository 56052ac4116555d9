package io.murmuration.batch;

import io.murmuration.environment.ClosedLoop;
import io.murmuration.inference.InferenceKernel;
import io.murmuration.inference.ObservationBlock;
import io.murmuration.model.DiscreteModel;
import io.murmuration.model.GenerativeModel;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.execution.datasources.OutputWriter;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Agents that act in a world, on Spark: writes what they saw and did, and the true states.
 *
 * @param truth the world's process
 * @param model what the agents believe it to be
 * @param agents how many
 * @param steps of each
 * @param seed of world and choices
 * @param format of the tables
 */
public record BatchSimulation(
        GenerativeModel truth, GenerativeModel model, long agents, int steps, long seed, TableFormat format)
        implements Serializable {
    private static final String OBSERVATIONS = "observations";
    private static final String STATES = "states";
    /** Agents that a task simulates, enough to be worth a file. */
    private static final long AGENTS_A_TASK = 50_000;

    /** No file system would like more files than this at once. */
    private static final long MOST_TASKS = 100_000;

    /**
     * Runs the simulation.
     *
     * @param folder where tables go
     * @throws CallerException if the agents' model does not fit the world
     */
    public void run(SparkSession session, OutputFolder folder) {
        checkFit();
        TableWriterFactory observations = TableWriterFactory.of(session, OBSERVATIONS, observationSchema(), format);
        TableWriterFactory states = TableWriterFactory.of(session, STATES, stateSchema(), format);
        int cores = session.sparkContext().defaultParallelism();
        long full = Math.min(MOST_TASKS, (agents - 1) / AGENTS_A_TASK + 1);
        int parts = (int) Math.max(Math.min(cores, agents), full);
        List<Integer> indices = IntStream.range(0, parts).boxed().toList();
        folder.begin();
        String work = folder.work();
        List<TaskReport> reports = TaskReports.collect(
                session,
                JavaSparkContext.fromSparkContext(session.sparkContext())
                        .parallelize(indices, parts)
                        .mapPartitionsWithIndex(
                                (part, none) -> simulate(part, parts, work, observations, states), true),
                Findings.none(0));
        for (String table : List.of(STATES, OBSERVATIONS)) {
            reports.forEach(report -> folder.gather(report.attempt(), table));
            folder.place(table);
        }
    }

    private void checkFit() {
        try {
            new ClosedLoop(truth, model, 1, 1, seed);
        } catch (IllegalArgumentException e) {
            throw new CallerException(e.getMessage());
        }
    }

    private StructType observationSchema() {
        return new StructType()
                .add(ResultTable.AGENT, DataTypes.StringType)
                .add(ResultTable.TIME, DataTypes.LongType)
                .add("observation", array())
                .add("action", array());
    }

    private StructType stateSchema() {
        return new StructType()
                .add(ResultTable.AGENT, DataTypes.StringType)
                .add(ResultTable.TIME, DataTypes.LongType)
                .add("state", array());
    }

    private boolean discrete() {
        return truth instanceof DiscreteModel;
    }

    private DataType array() {
        if (!format.holdsArrays()) {
            return DataTypes.StringType;
        }
        return DataTypes.createArrayType(discrete() ? DataTypes.IntegerType : DataTypes.DoubleType, false);
    }

    private Iterator<byte[]> simulate(
            int part, int parts, String work, TableWriterFactory observations, TableWriterFactory states) {
        String attempt = work + "/attempt-" + part + "-" + TaskContext.get().taskAttemptId();
        long start = System.nanoTime();
        long from = start(part, parts);
        long to = start(part + 1, parts);
        OutputWriter observationWriter = observations.open(attempt + "/" + OBSERVATIONS, part);
        try {
            OutputWriter stateWriter = states.open(attempt + "/" + STATES, part);
            try {
                simulate(from, to, observationWriter, stateWriter);
            } finally {
                stateWriter.close();
            }
        } finally {
            observationWriter.close();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        RowCounts counts = new RowCounts(0, (to - from) * steps, 0, 0, Map.of(), to - from);
        TaskReport report = new TaskReport(part, attempt, counts, seconds, List.of(OBSERVATIONS, STATES));
        return List.of(new TaskEnd.Done<>(new PartitionResult(report, Findings.none(0))).toBytes())
                .iterator();
    }

    /** The first agent of a part; parts differ by one agent at most. */
    private long start(int part, int parts) {
        return agents / parts * part + Math.min(part, agents % parts);
    }

    private void simulate(long from, long to, OutputWriter observations, OutputWriter states) {
        LoopSize size = LoopSize.of(
                ClosedLoop.stepBytes(truth, model),
                InferenceKernel.compile(model).laneBytes(),
                steps);
        ClosedLoop loop = new ClosedLoop(truth, model, size.lanes(), size.room(), seed);
        for (long first = from; first < to; first += size.lanes()) {
            List<String> ids = ids(first, Math.min(to, first + size.lanes()));
            loop.start(ids);
            // Where there is no room for all steps, there is one agent, whose rows stay together.
            for (int done = 0; done < steps; ) {
                int taken = Math.min(size.room(), steps - done);
                loop.advance(taken);
                for (int lane = 0; lane < ids.size(); lane++) {
                    write(loop, ids.get(lane), lane, taken, observations, states);
                }
                done += taken;
            }
        }
    }

    /** Ids of agents, of one width so that they sort as they count. */
    private List<String> ids(long from, long to) {
        int digits = Math.max(3, Long.toString(agents - 1).length());
        List<String> ids = new ArrayList<>();
        for (long i = from; i < to; i++) {
            ids.add(String.format(Locale.ROOT, "agent-%0" + digits + "d", i));
        }
        return ids;
    }

    private void write(
            ClosedLoop loop, String id, int lane, int taken, OutputWriter observations, OutputWriter states) {
        UTF8String agent = UTF8String.fromString(id);
        ObservationBlock block = loop.observations();
        for (int step = 0; step < taken; step++) {
            int t = step;
            long time = block.time(t, lane);
            Object seen = cells(model.observationWidth(), e -> block.observation(t, e, lane));
            Object done = cells(model.actionWidth(), e -> block.action(t, e, lane));
            Object state = cells(loop.stateWidth(), e -> loop.state(t, e, lane));
            observations.write(row(agent, time, seen, model.actionWidth() == 0 ? null : done));
            states.write(row(agent, time, state));
        }
    }

    private static InternalRow row(Object... values) {
        return new GenericInternalRow(values);
    }

    private Object cells(int width, IntToDoubleFunction value) {
        double[] reals = IntStream.range(0, width).mapToDouble(value).toArray();
        int[] integers = Arrays.stream(reals).mapToInt(x -> (int) x).toArray();
        if (!format.holdsArrays()) {
            String text = discrete() ? Arrays.toString(integers) : Arrays.toString(reals);
            return UTF8String.fromString(text.replace(" ", ""));
        }
        return discrete() ? UnsafeArrayData.fromPrimitiveArray(integers) : UnsafeArrayData.fromPrimitiveArray(reals);
    }
}
