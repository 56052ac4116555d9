package io.murmuration.cluster.journal;

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
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.UInt64AddOperator;
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

    /** What is merged is added up: numbers of 64 bits, the lowest byte first. */
    private static final UInt64AddOperator ADD;

    private static final int ID_LENGTH = 13;
    private static final int RADIX = 36;
    private static final String YAML = "yaml";
    private static final String JSON = "json";
    private static final long WRITE_BUFFER = 16L << 20;

    private final Path folder;
    private final boolean durable;
    private final RocksDB db;
    private final ColumnFamilyHandle meta;
    private final ColumnFamilyHandle models;
    private final ColumnFamilyHandle tasks;
    private final ColumnFamilyHandle beliefs;
    /** How many tasks of each agent have ended. */
    private final ColumnFamilyHandle counts;

    private final List<ColumnFamilyOptions> options = new ArrayList<>();
    private final WriteOptions synced;
    private final WriteOptions unsynced;
    private final String cluster;
    private final AtomicLong agents = new AtomicLong();
    private long forgotten;
    /** RocksDB must not be touched once it is closed: held shared by whoever uses it, and alone to close it. */
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

    private boolean closed;

    static {
        RocksDB.loadLibrary();
        ADD = new UInt64AddOperator();
    }

    private TaskJournal(Path folder, boolean durable, long seed) throws RocksDBException, JournalException {
        this.folder = folder;
        this.durable = durable;
        List<ColumnFamilyHandle> families = new ArrayList<>();
        try (DBOptions opening = new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true)) {
            db = RocksDB.open(
                    opening,
                    folder.toString(),
                    List.of(
                            family(new String(RocksDB.DEFAULT_COLUMN_FAMILY, StandardCharsets.UTF_8)),
                            family("models"),
                            family("tasks"),
                            family("beliefs"),
                            family("counts")),
                    families);
        }
        meta = families.get(0);
        models = families.get(1);
        tasks = families.get(2);
        beliefs = families.get(3);
        counts = families.get(4);
        synced = new WriteOptions().setSync(durable).setDisableWAL(!durable);
        unsynced = new WriteOptions().setDisableWAL(!durable);
        try {
            cluster = begin(seed);
            count();
        } catch (RocksDBException | JournalException e) {
            close();
            throw e;
        }
    }

    private ColumnFamilyDescriptor family(String name) {
        ColumnFamilyOptions own =
                new ColumnFamilyOptions().setWriteBufferSize(WRITE_BUFFER).setMergeOperator(ADD);
        options.add(own);
        return new ColumnFamilyDescriptor(utf8(name), own);
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

    private String begin(long seed) throws RocksDBException, JournalException {
        byte[] known = db.get(meta, CLUSTER);
        if (known == null) {
            SecureRandom random = new SecureRandom();
            String id = IntStream.range(0, ID_LENGTH)
                    .mapToObj(place -> Integer.toString(random.nextInt(RADIX), RADIX))
                    .collect(Collectors.joining());
            try (WriteBatch batch = new WriteBatch()) {
                batch.put(meta, SEED, bytes(seed));
                batch.put(meta, CLUSTER, utf8(id));
                db.write(synced, batch);
            }
            return id;
        }
        long begun = ByteBuffer.wrap(db.get(meta, SEED)).getLong();
        if (begun != seed) {
            throw new JournalException(
                    "The journal " + folder + " was begun with seed " + begun + ", expected the same, not " + seed,
                    null);
        }
        return new String(known, StandardCharsets.UTF_8);
    }

    private void count() throws RocksDBException {
        byte[] mark = db.get(meta, FORGOTTEN);
        forgotten = mark == null ? 0 : ByteBuffer.wrap(mark).getLong();
        try (RocksIterator all = db.newIterator(beliefs)) {
            for (all.seekToFirst(); all.isValid(); all.next()) {
                agents.incrementAndGet();
            }
            all.status();
        }
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
        return use(() -> {
            List<AcceptedTask> waiting = new ArrayList<>();
            Map<Long, Instant> ended = new LinkedHashMap<>();
            long last = forgotten;
            try (RocksIterator all = db.newIterator(tasks)) {
                for (all.seekToFirst(); all.isValid(); all.next()) {
                    long number = ByteBuffer.wrap(all.key()).getLong();
                    last = Math.max(last, number);
                    byte[] value = all.value();
                    TaskCodec.waiting(number, value).ifPresent(waiting::add);
                    TaskCodec.ended(value).ifPresent(end -> ended.put(number, end.at()));
                }
                all.status();
            }
            return new Recovered(waiting, ended, last);
        });
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
        return use(() -> {
            List<RegisteredModel> all = new ArrayList<>();
            try (RocksIterator entries = db.newIterator(models)) {
                for (entries.seekToFirst(); entries.isValid(); entries.next()) {
                    String[] parts = new String(entries.value(), StandardCharsets.UTF_8).split("\n", 3);
                    String hash = new String(entries.key(), StandardCharsets.UTF_8);
                    all.add(new RegisteredModel(new ModelReference(parts[0], hash), parts[1].equals(YAML), parts[2]));
                }
                entries.status();
            }
            return all;
        });
    }

    /** Keeps a model. */
    public void register(RegisteredModel model) throws JournalException {
        String value = model.reference().name() + "\n" + (model.yaml() ? YAML : JSON) + "\n" + model.text();
        use(() -> {
            db.put(models, synced, utf8(model.reference().sha256()), utf8(value));
            return true;
        });
    }

    /** Writes tasks down, all or none. */
    public void accept(List<AcceptedTask> accepted) throws JournalException {
        use(() -> {
            try (WriteBatch batch = new WriteBatch()) {
                for (AcceptedTask task : accepted) {
                    batch.put(tasks, bytes(task.number()), TaskCodec.encode(task));
                }
                db.write(synced, batch);
            }
            return true;
        });
    }

    /**
     * Writes down how tasks ended, and what the agents believe then, all or none.
     *
     * @param states what it takes to go on with each agent
     */
    public void end(Map<AcceptedTask, Ended> ends, Instant at, Map<BeliefKey, byte[]> states) throws JournalException {
        boolean failures = ends.values().stream().anyMatch(Failed.class::isInstance);
        use(() -> {
            try (WriteBatch batch = new WriteBatch()) {
                long more = 0;
                for (Map.Entry<AcceptedTask, Ended> end : ends.entrySet()) {
                    batch.put(tasks, bytes(end.getKey().number()), TaskCodec.encode(new EndedAt(end.getValue(), at)));
                    batch.merge(counts, key(end.getKey().key()), ONE);
                }
                for (Map.Entry<BeliefKey, byte[]> state : states.entrySet()) {
                    byte[] key = key(state.getKey());
                    if (db.get(beliefs, key) == null) {
                        more++;
                    }
                    batch.put(beliefs, key, state.getValue());
                }
                // A failure that was heard must not become a result.
                db.write(failures ? synced : unsynced, batch);
                return agents.addAndGet(more);
            }
        });
    }

    /** How many tasks of an agent have ended. */
    public long endedTasks(BeliefKey key) throws JournalException {
        return use(() -> {
            byte[] count = db.get(counts, key(key));
            return count == null
                    ? 0L
                    : ByteBuffer.wrap(count).order(ByteOrder.LITTLE_ENDIAN).getLong();
        });
    }

    /** How a task ended; empty where it has not, or is not kept. */
    public Optional<Ended> ended(long number) throws JournalException {
        return use(() -> Optional.ofNullable(db.get(tasks, bytes(number)))
                .flatMap(TaskCodec::ended)
                .map(EndedAt::status));
    }

    /** What it takes to go on with an agent; empty where nothing was inferred of it yet. */
    public Optional<byte[]> state(BeliefKey key) throws JournalException {
        return use(() -> Optional.ofNullable(db.get(beliefs, key(key))));
    }

    /** Lets go of ended tasks. One thread at a time. */
    public void forget(List<Long> numbers) throws JournalException {
        use(() -> {
            try (WriteBatch batch = new WriteBatch()) {
                long greatest = forgotten;
                for (long number : numbers) {
                    batch.delete(tasks, bytes(number));
                    greatest = Math.max(greatest, number);
                }
                batch.put(meta, FORGOTTEN, bytes(greatest));
                db.write(unsynced, batch);
                forgotten = greatest;
            }
            return true;
        });
    }

    private interface Operation<T> {
        T run() throws RocksDBException;
    }

    private <T> T use(Operation<T> operation) throws JournalException {
        use.readLock().lock();
        try {
            if (closed) {
                throw new JournalException("The journal " + folder + " is closed", null);
            }
            return operation.run();
        } catch (RocksDBException e) {
            throw new JournalException("The journal " + folder + " cannot be read or written: " + e.getMessage(), e);
        } finally {
            use.readLock().unlock();
        }
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
            List.of(meta, models, tasks, beliefs, counts).forEach(ColumnFamilyHandle::close);
            synced.close();
            unsynced.close();
            db.close();
            options.forEach(ColumnFamilyOptions::close);
        } finally {
            use.writeLock().unlock();
        }
        if (!durable) {
            FileUtils.deleteQuietly(folder.toFile());
        }
    }
}
