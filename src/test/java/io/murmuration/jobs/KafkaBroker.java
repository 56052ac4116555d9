package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A real Kafka broker in KRaft mode, as a process of its own on this machine alone; it can be stopped and started again. */
final class KafkaBroker implements AutoCloseable {
    private static final int LARGEST_MESSAGE = 16 << 20;
    private static final String PATIENCE_MS = "60000";

    private final Path folder;
    private final int port;
    private final Thread hook = new Thread(this::kill);
    private Process process;

    private KafkaBroker(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /**
     * Starts a broker that has no topics yet.
     *
     * @param folder for all that it keeps, which its owner removes
     */
    static KafkaBroker start(Path folder) throws IOException, InterruptedException, ExecutionException {
        int controller;
        int port;
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = one.getLocalPort();
            controller = other.getLocalPort();
        }
        KafkaBroker broker = new KafkaBroker(Files.createDirectories(folder), port);
        Files.writeString(
                broker.settings(),
                """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                log.dirs=%3$s
                offsets.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                group.initial.rebalance.delay.ms=0
                auto.create.topics.enable=false
                message.max.bytes=%4$d
                """
                        .formatted(port, controller, folder.resolve("data"), LARGEST_MESSAGE));
        Process format = broker.run(
                "kafka.tools.StorageTool",
                "format",
                "-t",
                Uuid.randomUuid().toString(),
                "-c",
                broker.settings().toString());
        assertEquals(0, format.waitFor(), broker::log);
        Runtime.getRuntime().addShutdownHook(broker.hook);
        broker.startAgain();
        return broker;
    }

    private Path settings() {
        return folder.resolve("server.properties");
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Process run(String main, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Path.of("target", "kafka").toAbsolutePath() + "/*",
                main));
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    String servers() {
        return "127.0.0.1:" + port;
    }

    /** Starts it, on what it kept; returns when it answers. */
    void startAgain() throws IOException, InterruptedException, ExecutionException {
        process = run("kafka.Kafka", settings().toString());
        try (Admin admin = admin()) {
            admin.describeCluster().controller().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(log(), e);
        }
    }

    /** Stops it as its operator would. */
    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", servers(), "default.api.timeout.ms", PATIENCE_MS));
    }

    void createTopic(String topic, int partitions) throws InterruptedException, ExecutionException {
        try (Admin admin = admin()) {
            NewTopic created = new NewTopic(topic, partitions, (short) 1)
                    .configs(Map.of("max.message.bytes", Integer.toString(LARGEST_MESSAGE)));
            admin.createTopics(List.of(created)).all().get();
        }
    }

    /**
     * A message.
     *
     * @param key messages of one key stay in order; null for any partition
     * @param value null for none
     */
    record Message(String key, byte[] value) {
        static Message of(String key, String value) {
            return new Message(key, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    void send(String topic, List<Message> messages) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                servers(),
                "max.request.size",
                LARGEST_MESSAGE,
                "buffer.memory",
                4L * LARGEST_MESSAGE,
                "acks",
                "all");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Message message : messages) {
                byte[] key = Optional.ofNullable(message.key())
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .orElse(null);
                producer.send(new ProducerRecord<>(topic, key, message.value()), (sent, failure) -> {
                    if (failure != null) {
                        throw new IllegalStateException(failure);
                    }
                });
            }
            producer.flush();
        }
    }

    /** All messages of a topic. */
    List<ConsumerRecord<String, String>> read(String topic) {
        List<ConsumerRecord<String, String>> all = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers(), "enable.auto.commit", "false"),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofSeconds(1)).forEach(all::add);
            }
        }
        return all;
    }

    private void kill() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
        process.waitFor();
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}
