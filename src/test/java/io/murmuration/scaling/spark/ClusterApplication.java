package io.murmuration.scaling.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@link LoadApplication} on a cluster of real processes, submitted as users submit applications that know no plugin. */
final class ClusterApplication {
    private final Process process;
    private final Path log;

    private ClusterApplication(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Submits it.
     *
     * @param folder where its result and its output go, as {@code NAME.result} and {@code NAME.log}
     * @param settings of Spark
     * @param phases what it does
     */
    static ClusterApplication submit(
            Path folder, String name, String master, Map<String, String> settings, String... phases)
            throws IOException {
        Path home = Path.of("target/spark").toAbsolutePath();
        Path classes = Path.of("target/test-classes").toAbsolutePath();
        List<String> words = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "@" + Path.of("conf/java-options").toAbsolutePath(),
                "-Xmx512m",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                Path.of("conf").toAbsolutePath() + ":" + classes + ":" + home.resolve("jars") + "/*",
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                master));
        Stream.of(
                        "spark.executor.cores=1",
                        "spark.executor.memory=512m",
                        "spark.ui.enabled=false",
                        "spark.executor.extraClassPath=" + classes,
                        // A process that is killed cannot clean up what it laid there.
                        "spark.executor.extraJavaOptions=-Djava.io.tmpdir=" + folder)
                .forEach(setting -> words.addAll(List.of("--conf", setting)));
        settings.forEach((key, value) ->
                words.addAll(key.startsWith("--") ? List.of(key, value) : List.of("--conf", key + "=" + value)));
        words.addAll(List.of("--class", LoadApplication.class.getName(), "spark-internal"));
        words.add(folder.resolve(name + ".result").toString());
        words.addAll(List.of(phases));
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "SPARK_HOME", home.toString(), "SPARK_SCALA_VERSION", "2.13", "SPARK_LOCAL_IP", "127.0.0.1"));
        return new ClusterApplication(builder.start(), log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int await() throws InterruptedException {
        return process.waitFor();
    }

    /** The JVMs of its executors. */
    List<ProcessHandle> executors() {
        return process.descendants()
                .filter(child -> child.info()
                        .commandLine()
                        .orElse("")
                        .contains("org.apache.spark.executor.CoarseGrainedExecutorBackend"))
                .toList();
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
