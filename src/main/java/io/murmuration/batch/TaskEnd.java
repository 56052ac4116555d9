package io.murmuration.batch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * How a task ended, as it tells the driver. Only the attempt that succeeded is heard. It travels as bytes of Java's own
 * serialization, which Kryo, if an application sets it, could not write; deflated, since statistics are mostly zeros.
 */
public sealed interface TaskEnd extends Serializable {

    /**
     * The caller's mistake showed while rows were read. It is no failure of the task, which Spark would try again and log
     * with a stack trace.
     *
     * @param sentence that says it
     */
    record Refusal(String sentence) implements TaskEnd {}

    /**
     * The task has done its part.
     *
     * @param result what it tells of it
     */
    record Done<T extends Serializable>(T result) implements TaskEnd {}

    /**
     * What a task tells that has done its part.
     *
     * @param type of what it tells
     * @throws CallerException if it refused what it read
     */
    static <T extends Serializable> T result(byte[] bytes, Class<T> type) {
        TaskEnd end = fromBytes(bytes);
        if (end instanceof Refusal refusal) {
            throw new CallerException(refusal.sentence());
        }
        return type.cast(((Done<?>) end).result());
    }

    default byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(new DeflaterOutputStream(bytes))) {
            out.writeObject(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static TaskEnd fromBytes(byte[] bytes) {
        try (ObjectInputStream in = new ObjectInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
            return (TaskEnd) in.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("Driver and executors run different versions", e);
        }
    }
}
