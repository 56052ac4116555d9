package io.murmuration.stream.delivery;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.to_json;

import io.murmuration.batch.CallerException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Puts results into a table of PostgreSQL; a row that comes again takes its own place. */
public final class JdbcDelivery implements Delivery {
    private final PostgresAddress address;
    private final String name;
    private PostgresTable table;

    /**
     * @param address of the database
     * @param name of the table, which is made if there is none
     */
    public JdbcDelivery(PostgresAddress address, String name) {
        this.address = address;
        this.name = name;
    }

    @Override
    public void begin(SparkSession session, StructType results, List<String> keys) {
        table = new PostgresTable(name, results, keys);
        try (Connection connection = address.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(table.create());
            statement.execute(table.check());
        } catch (SQLException e) {
            throw new CallerException("Results cannot go to the table " + name + " at " + address.show()
                    + " (--deliver-jdbc): " + firstLine(e));
        }
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    @Override
    public void deliver(Dataset<Row> results, long batch) {
        Column[] cells =
                Arrays.stream(table.columns().fields()).map(JdbcDelivery::cell).toArray(Column[]::new);
        results.select(cells).foreachPartition(new PostgresUpsert(address, table));
    }

    /** Arrays of arrays go as JSON. */
    private static Column cell(StructField field) {
        Column column = col(field.name());
        return field.dataType() instanceof ArrayType array && array.elementType() instanceof ArrayType
                ? to_json(column).as(field.name())
                : column;
    }
}
