package io.murmuration.cluster.journal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.UInt64AddOperator;

/** RocksDB as it is open now, and what there is in it. */
final class Store implements AutoCloseable {
    private static final long WRITE_BUFFER = 16L << 20;

    private final DBOptions options;
    private final UInt64AddOperator add;
    private final ColumnFamilyOptions family;
    private final List<ColumnFamilyHandle> families = new ArrayList<>();
    private final RocksDB db;

    /** What is kept. */
    enum Part {
        /** Of the journal itself: RocksDB's own default. */
        META,
        MODELS,
        TASKS,
        BELIEFS,
        /** How many tasks of each agent have ended: what is merged is added up, 64 bits, the lowest byte first. */
        COUNTS;

        private byte[] bytes() {
            return this == META ? RocksDB.DEFAULT_COLUMN_FAMILY : name().getBytes(StandardCharsets.UTF_8);
        }
    }

    static {
        RocksDB.loadLibrary();
    }

    private Store(Path folder) throws RocksDBException {
        options = new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true);
        add = new UInt64AddOperator();
        family = new ColumnFamilyOptions().setWriteBufferSize(WRITE_BUFFER).setMergeOperator(add);
        try {
            db = RocksDB.open(
                    options,
                    folder.toString(),
                    Arrays.stream(Part.values())
                            .map(part -> new ColumnFamilyDescriptor(part.bytes(), family))
                            .toList(),
                    families);
        } catch (RocksDBException e) {
            closeOptions();
            throw e;
        }
    }

    static Store open(Path folder) throws RocksDBException {
        return new Store(folder);
    }

    RocksDB db() {
        return db;
    }

    ColumnFamilyHandle at(Part part) {
        return families.get(part.ordinal());
    }

    private void closeOptions() {
        family.close();
        add.close();
        options.close();
    }

    @Override
    public void close() {
        families.forEach(ColumnFamilyHandle::close);
        db.close();
        closeOptions();
    }
}
