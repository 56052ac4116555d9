package io.murmuration.batch;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.OutputWriter;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Opens files of one table inside tasks, with Spark's own writers. This is the one class that knows them: they let one
 * pass over the observations write several tables, which a Dataset's writer does not.
 */
public final class TableWriterFactory implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String table;
    private final StructType schema;
    private final OutputWriterFactory factory;
    private final SerializableConfiguration configuration;

    private TableWriterFactory(
            String table, StructType schema, OutputWriterFactory factory, SerializableConfiguration configuration) {
        this.table = table;
        this.schema = schema;
        this.factory = factory;
        this.configuration = configuration;
    }

    /** Prepares the writing of a table, on the driver. */
    public static TableWriterFactory of(SparkSession session, String table, StructType schema, TableFormat format) {
        try {
            Configuration hadoop = ((org.apache.spark.sql.classic.SparkSession) session)
                    .sessionState()
                    .newHadoopConf();
            Job job = Job.getInstance(hadoop);
            scala.collection.immutable.Map<String, String> options =
                    scala.collection.immutable.Map$.MODULE$.from(CollectionConverters.asScala(format.options()));
            OutputWriterFactory factory = format.writer().prepareWrite(session, job, options, schema);
            return new TableWriterFactory(
                    table, schema, factory, new SerializableConfiguration(job.getConfiguration()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String table() {
        return table;
    }

    public StructType schema() {
        return schema;
    }

    Configuration hadoop() {
        return configuration.value();
    }

    /** Opens the file of a partition in a folder, which is made if it is not there. */
    OutputWriter open(String folder, int partition) {
        return open(folder, String.format(Locale.ROOT, "part-%05d", partition));
    }

    /** Opens one of several files of a partition. */
    OutputWriter open(String folder, int partition, int number) {
        return open(folder, String.format(Locale.ROOT, "part-%05d-%d", partition, number));
    }

    private OutputWriter open(String folder, String stem) {
        TaskAttemptContextImpl context = new TaskAttemptContextImpl(configuration.value(), new TaskAttemptID());
        String name = stem + factory.getFileExtension(context);
        return factory.newInstance(new Path(folder, name).toString(), schema, context);
    }
}
