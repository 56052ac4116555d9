package io.murmuration.cluster.journal;

import io.murmuration.cluster.journal.Store.Part;
import io.murmuration.cluster.journal.TaskCodec.EndedAt;
import io.murmuration.cluster.task.AcceptedTask;
import io.murmuration.cluster.task.BeliefKey;
import io.murmuration.cluster.task.ModelReference;
import io.murmuration.cluster.task.TaskStatus.Ended;
import io.murmuration.cluster.task.TaskStatus.Failed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * What a cluster must not forget: its tasks, with their ends while they are kept, agents' beliefs, and models. It lies in RocksDB,
 * so that memory does not grow with the number of agents and results. What a task's end changes, its result and its agent's
 * belief, is written at once or not at all.
 *
 * <p>A durable journal has each task on the disk before {@link #accept} returns, and each failure before {@link #end} does. A result
 * need not be there at once: writes reach the disk in their order, and a task whose result was lost with the power is inferred
 * again, from the same belief to the same bits. A volatile journal is deleted when it is closed, or the process ends, unless that
 * is killed. Safe to share between threads.
 */
public final class TaskJournal implements AutoCloseable {
    private static final byte[] CLUSTER = utf8("cluster");
    private static final byte[] SEED = utf8("seed");
    private static final byte[] ONE = {1, 0, 0, 0, 0, 0, 0, 0};
    /** The greatest number of those tasks that are no longer kept. */
    private static final byte[] FORGOTTEN = utf8("forgotten");

    private static final int ID_LENGTH = 13;
    private static final int RADIX = 36;
    private static final String YAML = "yaml";
    private static final String JSON = "json";
    private static final long PAUSE_NANOSECONDS = 500_000_000;

    private final Path folder;
    private final boolean durable;
    private final WriteOptions synced;
    private final WriteOptions unsynced;
    private final String cluster;
    private final AtomicLong agents = new AtomicLong();
    private long forgotten;
    /** RocksDB must not be touched once it is closed: held shared by whoever uses it, and alone to close or open it. */
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

    /** Empty where it could not be opened again, and when the journal is closed. */
    private Optional<Store> store;

    private boolean closed;
    /** Why nothing could be written lately: RocksDB then has to be opened again before anything can be. */
    private volatile Optional<RocksDBException> failure = Optional.empty();

    private volatile long failedAt;

    private TaskJournal(Path folder, boolean durable, long seed) throws RocksDBException, JournalException {
        this.folder = folder;
        this.durable = durable;
        store = Optional.of(Store.open(folder));
        synced = new WriteOptions().setSync(durable).setDisableWAL(!durable);
        unsynced = new WriteOptions().setDisableWAL(!durable);
        try {
            cluster = begin(seed);
            count();
        } catch (JournalException e) {
            close();
            throw e;
        }
    }

    /**
     * Opens the journal in a folder, or begins one there.
     *
     * @param seed of stochastic choices
     * @throws JournalException if the folder cannot be used, another process uses it, or it was begun with another seed
     */
    public static TaskJournal durable(Path folder, long seed) throws JournalException {
        if (Files.isRegularFile(folder)) {
            throw new JournalException("The journal " + folder + " is a file, expected a folder", null);
        }
        try {
            Files.createDirectories(folder);
            return new TaskJournal(folder, true, seed);
        } catch (IOException e) {
            throw new JournalException("The journal " + folder + " cannot be written: " + e.getMessage(), e);
        } catch (RocksDBException e) {
            throw new JournalException(
                    e.getMessage().contains("lock hold by current process")
                                    || e.getMessage().contains("While lock file")
                            ? "The journal " + folder + " is in use by another process"
                            : "The journal " + folder + " cannot be opened: " + e.getMessage(),
                    e);
        }
    }

    /** A journal that is gone when it is closed, or when the process ends, unless that is killed. */
    public static TaskJournal ofThisProcess(long seed) throws JournalException {
        try {
            TaskJournal journal = new TaskJournal(Files.createTempDirectory("murmuration-cluster-"), false, seed);
            Runtime.getRuntime().addShutdownHook(new Thread(journal::close, "murmuration-journal-close"));
            return journal;
        } catch (IOException | RocksDBException e) {
            throw new JournalException("There is no place for tasks: " + e.getMessage(), e);
        }
    }

    private String begin(long seed) throws JournalException {
        Optional<byte[]> known = read(open -> Optional.ofNullable(open.db().get(open.at(Part.META), CLUSTER)));
        if (known.isEmpty()) {
            SecureRandom random = new SecureRandom();
            String id = IntStream.range(0, ID_LENGTH)
                    .mapToObj(place -> Integer.toString(random.nextInt(RADIX), RADIX))
                    .collect(Collectors.joining());
            write(synced, (open, batch) -> {
                batch.put(open.at(Part.META), SEED, bytes(seed));
                batch.put(open.at(Part.META), CLUSTER, utf8(id));
            });
            return id;
        }
        long begun = read(
                open -> ByteBuffer.wrap(open.db().get(open.at(Part.META), SEED)).getLong());
        if (begun != seed) {
            throw new JournalException(
                    "The journal " + folder + " was begun with seed " + begun + ", expected the same, not " + seed,
                    null);
        }
        return new String(known.get(), StandardCharsets.UTF_8);
    }

    private void count() throws JournalException {
        forgotten = read(open -> {
            byte[] mark = open.db().get(open.at(Part.META), FORGOTTEN);
            return mark == null ? 0 : ByteBuffer.wrap(mark).getLong();
        });
        forEach(Part.BELIEFS, (key, value) -> agents.incrementAndGet());
    }

    /** Whether it outlives the process. */
    public boolean isDurable() {
        return durable;
    }

    /** The cluster's own id. */
    public String cluster() {
        return cluster;
    }

    /** How many agents have a belief. */
    public long agents() {
        return agents.get();
    }

    /**
     * What there is at the start.
     *
     * @param waiting tasks without an end, in the order of their submission
     * @param ended when the others ended, by their numbers, in the order of their submission
     * @param last the number of the last task that is known to have been accepted
     */
    public record Recovered(List<AcceptedTask> waiting, Map<Long, Instant> ended, long last) {}

    /** Reads all tasks. */
    public Recovered recover() throws JournalException {
        List<AcceptedTask> waiting = new ArrayList<>();
        Map<Long, Instant> ended = new LinkedHashMap<>();
        AtomicLong last = new AtomicLong(forgotten);
        forEach(Part.TASKS, (key, value) -> {
            long number = ByteBuffer.wrap(key).getLong();
            last.accumulateAndGet(number, Math::max);
            TaskCodec.waiting(number, value).ifPresent(waiting::add);
            TaskCodec.ended(value).ifPresent(end -> ended.put(number, end.at()));
        });
        return new Recovered(waiting, ended, last.get());
    }

    /**
     * A model that was registered.
     *
     * @param reference its name, without line breaks, and the hash of its text
     * @param yaml whether the text is YAML, else it is JSON
     */
    public record RegisteredModel(ModelReference reference, boolean yaml, String text) {}

    /** All models that were registered. */
    public List<RegisteredModel> models() throws JournalException {
        List<RegisteredModel> all = new ArrayList<>();
        forEach(Part.MODELS, (key, value) -> {
            String[] parts = new String(value, StandardCharsets.UTF_8).split("\n", 3);
            String hash = new String(key, StandardCharsets.UTF_8);
            all.add(new RegisteredModel(new ModelReference(parts[0], hash), parts[1].equals(YAML), parts[2]));
        });
        return all;
    }

    /** Keeps a model. */
    public void register(RegisteredModel model) throws JournalException {
        String value = model.reference().name() + "\n" + (model.yaml() ? YAML : JSON) + "\n" + model.text();
        write(
                synced,
                (open, batch) ->
                        batch.put(open.at(Part.MODELS), utf8(model.reference().sha256()), utf8(value)));
    }

    /** Writes tasks down, all or none. */
    public void accept(List<AcceptedTask> accepted) throws JournalException {
        write(synced, (open, batch) -> {
            for (AcceptedTask task : accepted) {
                batch.put(open.at(Part.TASKS), bytes(task.number()), TaskCodec.encode(task));
            }
        });
    }

    /**
     * Writes down how tasks ended, and what the agents believe then, all or none.
     *
     * @param states what it takes to go on with each agent
     */
    public void end(Map<AcceptedTask, Ended> ends, Instant at, Map<BeliefKey, byte[]> states) throws JournalException {
        // A failure that was heard must not become a result.
        boolean failures = ends.values().stream().anyMatch(Failed.class::isInstance);
        AtomicLong more = new AtomicLong();
        write(failures ? synced : unsynced, (open, batch) -> {
            for (Map.Entry<AcceptedTask, Ended> end : ends.entrySet()) {
                batch.put(
                        open.at(Part.TASKS),
                        bytes(end.getKey().number()),
                        TaskCodec.encode(new EndedAt(end.getValue(), at)));
                batch.merge(open.at(Part.COUNTS), key(end.getKey().key()), ONE);
            }
            for (Map.Entry<BeliefKey, byte[]> state : states.entrySet()) {
                byte[] key = key(state.getKey());
                if (open.db().get(open.at(Part.BELIEFS), key) == null) {
                    more.incrementAndGet();
                }
                batch.put(open.at(Part.BELIEFS), key, state.getValue());
            }
        });
        agents.addAndGet(more.get());
    }

    /** How many tasks of an agent have ended. */
    public long endedTasks(BeliefKey key) throws JournalException {
        return read(open -> {
            byte[] count = open.db().get(open.at(Part.COUNTS), key(key));
            return count == null
                    ? 0L
                    : ByteBuffer.wrap(count).order(ByteOrder.LITTLE_ENDIAN).getLong();
        });
    }

    /** How a task ended; empty where it has not, or is not kept. */
    public Optional<Ended> ended(long number) throws JournalException {
        return read(open -> Optional.ofNullable(open.db().get(open.at(Part.TASKS), bytes(number)))
                .flatMap(TaskCodec::ended)
                .map(EndedAt::status));
    }

    /** What it takes to go on with an agent; empty where nothing was inferred of it yet. */
    public Optional<byte[]> state(BeliefKey key) throws JournalException {
        return read(open -> Optional.ofNullable(open.db().get(open.at(Part.BELIEFS), key(key))));
    }

    /** Lets go of ended tasks. One thread at a time. */
    public void forget(List<Long> numbers) throws JournalException {
        long greatest = numbers.stream().mapToLong(Long::longValue).reduce(forgotten, Math::max);
        write(unsynced, (open, batch) -> {
            for (long number : numbers) {
                batch.delete(open.at(Part.TASKS), bytes(number));
            }
            batch.put(open.at(Part.META), FORGOTTEN, bytes(greatest));
        });
        forgotten = greatest;
    }

    private interface Reading<T> {
        T from(Store open) throws RocksDBException;
    }

    private interface Writing {
        void into(Store open, WriteBatch batch) throws RocksDBException;
    }

    private interface Entry {
        void take(byte[] key, byte[] value);
    }

    private void forEach(Part part, Entry entry) throws JournalException {
        read(open -> {
            try (RocksIterator all = open.db().newIterator(open.at(part))) {
                for (all.seekToFirst(); all.isValid(); all.next()) {
                    entry.take(all.key(), all.value());
                }
                all.status();
            }
            return true;
        });
    }

    private <T> T read(Reading<T> reading) throws JournalException {
        use.readLock().lock();
        try {
            return reading.from(open());
        } catch (RocksDBException e) {
            throw unusable(e);
        } finally {
            use.readLock().unlock();
        }
    }

    private void write(WriteOptions options, Writing writing) throws JournalException {
        reopen();
        use.readLock().lock();
        try (WriteBatch batch = new WriteBatch()) {
            Store open = open();
            writing.into(open, batch);
            open.db().write(options, batch);
        } catch (RocksDBException e) {
            failedAt = System.nanoTime();
            failure = Optional.of(e);
            throw unusable(e);
        } finally {
            use.readLock().unlock();
        }
    }

    /** Called with the lock held, shared or alone. */
    private Store open() throws JournalException {
        if (closed) {
            throw new JournalException("The journal " + folder + " is closed", null);
        }
        if (store.isEmpty()) {
            throw unusable(failure.orElseThrow());
        }
        return store.get();
    }

    /**
     * After a write that failed RocksDB takes no more, though there be place again: it is opened anew, once in a while. What was
     * written before is in its log, but for that of a volatile journal.
     */
    private void reopen() throws JournalException {
        Optional<RocksDBException> why = failure;
        if (why.isEmpty() || !durable) {
            return;
        }
        if (System.nanoTime() - failedAt < PAUSE_NANOSECONDS) {
            throw unusable(why.get());
        }
        use.writeLock().lock();
        try {
            if (closed || failure.isEmpty()) {
                return;
            }
            store.ifPresent(Store::close);
            store = Optional.empty();
            store = Optional.of(Store.open(folder));
            failure = Optional.empty();
        } catch (RocksDBException e) {
            failedAt = System.nanoTime();
            failure = Optional.of(e);
            throw unusable(e);
        } finally {
            use.writeLock().unlock();
        }
    }

    private JournalException unusable(RocksDBException e) {
        return new JournalException("The journal " + folder + " cannot be read or written: " + e.getMessage(), e);
    }

    private static byte[] key(BeliefKey key) {
        return utf8(key.model() + "/" + key.agent());
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Waits for those who use it. */
    @Override
    public void close() {
        use.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            store.ifPresent(Store::close);
            store = Optional.empty();
            synced.close();
            unsynced.close();
        } finally {
            use.writeLock().unlock();
        }
        if (!durable) {
            FileUtils.deleteQuietly(folder.toFile());
        }
    }
}
