package io.murmuration.cluster;

import io.murmuration.batch.Fleet;
import io.murmuration.batch.ObservationForm;
import io.murmuration.cluster.journal.TaskJournal.RegisteredModel;
import io.murmuration.cluster.task.ModelReference;
import io.murmuration.cluster.worker.WorkerModel;
import io.murmuration.model.GenerativeModel;
import io.murmuration.model.ModelFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** The models that were registered, as submissions need them and as workers do. Safe to share between threads. */
final class ModelRegistry {
    private final JavaSparkContext spark;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /** A model that was registered. */
    private record Entry(ModelReference reference, ObservationForm form, Broadcast<WorkerModel> broadcast) {}

    ModelRegistry(JavaSparkContext spark) {
        this.spark = spark;
    }

    /** What a text is called, by its content. */
    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Optional<ModelReference> find(String sha256) {
        return Optional.ofNullable(entries.get(sha256)).map(Entry::reference);
    }

    void add(RegisteredModel registered) {
        ModelReference reference = registered.reference();
        GenerativeModel model = ModelFile.parse(registered.text(), reference.name(), registered.yaml());
        entries.computeIfAbsent(reference.sha256(), hash -> {
            Fleet.Member member = new Fleet.Member(reference.name(), model, hash);
            return new Entry(reference, ObservationForm.of(model), spark.broadcast(new WorkerModel(member)));
        });
    }

    Optional<ObservationForm> form(ModelReference model) {
        return Optional.ofNullable(entries.get(model.sha256())).map(Entry::form);
    }

    Broadcast<WorkerModel> broadcast(String sha256) {
        return entries.get(sha256).broadcast();
    }
}
