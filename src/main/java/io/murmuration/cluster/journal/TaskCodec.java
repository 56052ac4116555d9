package io.murmuration.cluster.journal;

import io.murmuration.cluster.task.AcceptedTask;
import io.murmuration.cluster.task.InferenceRequest;
import io.murmuration.cluster.task.InferredStep;
import io.murmuration.cluster.task.ModelReference;
import io.murmuration.cluster.task.Observation;
import io.murmuration.cluster.task.TaskStatus.Completed;
import io.murmuration.cluster.task.TaskStatus.Ended;
import io.murmuration.cluster.task.TaskStatus.Failed;
import io.murmuration.inference.ResultLayout.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The bytes of what the journal says of a task: a byte of version, one that tells what it is, and the fields in their order.
 * Doubles are kept bit by bit.
 */
final class TaskCodec {
    private static final byte VERSION = 1;
    private static final byte WAITS = 0;
    private static final byte COMPLETED = 1;
    private static final byte FAILED = 2;

    private TaskCodec() {}

    /**
     * An end, and when it came.
     *
     * @param status how the task ended
     * @param at when
     */
    record EndedAt(Ended status, Instant at) {}

    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    private interface Reading<T> {
        T read(DataInputStream in) throws IOException;
    }

    static byte[] encode(AcceptedTask task) {
        return bytes(WAITS, out -> {
            write(out, task.submitted());
            out.writeBoolean(task.bulk());
            InferenceRequest request = task.request();
            write(out, request.agent());
            write(out, request.model().name());
            write(out, request.model().sha256());
            out.writeBoolean(request.time().isPresent());
            if (request.time().isPresent()) {
                out.writeLong(request.time().getAsLong());
            }
            out.writeInt(request.priority());
            out.writeBoolean(request.deadline().isPresent());
            if (request.deadline().isPresent()) {
                write(out, request.deadline().get());
            }
            write(out, request.observation().values());
            write(out, request.observation().action());
        });
    }

    static byte[] encode(EndedAt ended) {
        if (ended.status() instanceof Failed failed) {
            return bytes(FAILED, out -> {
                write(out, ended.at());
                write(out, failed.reason());
            });
        }
        Completed completed = (Completed) ended.status();
        return bytes(COMPLETED, out -> {
            write(out, ended.at());
            out.writeLong(completed.waiting().toNanos());
            out.writeLong(completed.inference().toNanos());
            out.writeLong(completed.execution().toNanos());
            out.writeLong(completed.step().time());
            out.writeInt(completed.step().columns().size());
            for (InferredStep.Column column : completed.step().columns()) {
                write(out, column.name());
                write(out, column.kind().name());
                out.writeInt(column.rows().length);
                for (double[] row : column.rows()) {
                    write(out, row);
                }
            }
        });
    }

    /** What is said of a task that waits; empty where it ended. */
    static Optional<AcceptedTask> waiting(long number, byte[] bytes) {
        return read(bytes, in -> {
            if (what(in) != WAITS) {
                return Optional.empty();
            }
            Instant submitted = instant(in);
            boolean bulk = in.readBoolean();
            String agent = text(in);
            ModelReference model = new ModelReference(text(in), text(in));
            OptionalLong time = in.readBoolean() ? OptionalLong.of(in.readLong()) : OptionalLong.empty();
            int priority = in.readInt();
            Optional<Instant> deadline = in.readBoolean() ? Optional.of(instant(in)) : Optional.empty();
            Observation observation = new Observation(numbers(in), numbers(in));
            return Optional.of(new AcceptedTask(
                    number,
                    new InferenceRequest(agent, observation, model, time, priority, deadline),
                    bulk,
                    submitted));
        });
    }

    /** How a task ended; empty where it waits. */
    static Optional<EndedAt> ended(byte[] bytes) {
        return read(bytes, in -> {
            byte what = what(in);
            if (what == WAITS) {
                return Optional.empty();
            }
            Instant at = instant(in);
            if (what == FAILED) {
                return Optional.of(new EndedAt(new Failed(text(in)), at));
            }
            Duration waiting = Duration.ofNanos(in.readLong());
            Duration inference = Duration.ofNanos(in.readLong());
            Duration execution = Duration.ofNanos(in.readLong());
            long time = in.readLong();
            List<InferredStep.Column> columns = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                String name = text(in);
                Kind kind = Kind.valueOf(text(in));
                double[][] rows = new double[in.readInt()][];
                for (int row = 0; row < rows.length; row++) {
                    rows[row] = numbers(in);
                }
                columns.add(new InferredStep.Column(name, kind, rows));
            }
            return Optional.of(new EndedAt(
                    new Completed(new InferredStep(time, List.copyOf(columns)), waiting, inference, execution), at));
        });
    }

    private static byte[] bytes(byte what, Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeByte(what);
            body.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static <T> T read(byte[] bytes, Reading<T> reading) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte version = in.readByte();
            if (version != VERSION) {
                throw new IOException(
                        "A task is of version " + version + ", but this program reads version " + VERSION);
            }
            return reading.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte what(DataInputStream in) throws IOException {
        return in.readByte();
    }

    private static void write(DataOutputStream out, Instant instant) throws IOException {
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
    }

    private static Instant instant(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    private static void write(DataOutputStream out, double[] numbers) throws IOException {
        out.writeInt(numbers.length);
        for (double number : numbers) {
            out.writeDouble(number);
        }
    }

    private static double[] numbers(DataInputStream in) throws IOException {
        double[] numbers = new double[in.readInt()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.readDouble();
        }
        return numbers;
    }
}
