package io.murmuration.batch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;

/**
 * How a task ended, as it tells the driver. Only the attempt that succeeded is heard. It travels as bytes of Java's own
 * serialization: Kryo, if an application sets it, knows no records.
 */
sealed interface TaskEnd extends Serializable permits TaskReport, TaskEnd.Refusal {

    /**
     * The caller's mistake showed while rows were read. It is no failure of the task, which Spark would try again and log
     * with a stack trace.
     *
     * @param sentence that says it
     */
    record Refusal(String sentence) implements TaskEnd {}

    /** The report of a task that is done. */
    static TaskReport report(byte[] bytes) {
        TaskEnd end = fromBytes(bytes);
        if (end instanceof Refusal refusal) {
            throw new CallerException(refusal.sentence());
        }
        return (TaskReport) end;
    }

    default byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static TaskEnd fromBytes(byte[] bytes) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (TaskEnd) in.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("Driver and executors run different versions", e);
        }
    }
}
