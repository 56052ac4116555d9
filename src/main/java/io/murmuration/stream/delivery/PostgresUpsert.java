package io.murmuration.stream.delivery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/**
 * Puts the rows of a task into a table, all or none of them.
 *
 * @param address of the database
 * @param table into which they go
 */
record PostgresUpsert(PostgresAddress address, PostgresTable table) implements ForeachPartitionFunction<Row> {
    private static final int ROWS_AT_ONCE = 1000;

    @Override
    public void call(Iterator<Row> rows) throws SQLException {
        if (!rows.hasNext()) {
            return;
        }
        try (Connection connection = address.connect()) {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(table.upsert())) {
                int waiting = 0;
                while (rows.hasNext()) {
                    set(connection, statement, rows.next());
                    statement.addBatch();
                    if (++waiting == ROWS_AT_ONCE) {
                        statement.executeBatch();
                        waiting = 0;
                    }
                }
                statement.executeBatch();
            }
            connection.commit();
        }
    }

    private void set(Connection connection, PreparedStatement statement, Row row) throws SQLException {
        StructField[] fields = table.columns().fields();
        for (int i = 0; i < fields.length; i++) {
            statement.setObject(i + 1, value(connection, fields[i].dataType(), row.get(i)));
        }
    }

    private static Object value(Connection connection, DataType type, Object value) throws SQLException {
        if (value instanceof String text) {
            // The one character that PostgreSQL's text cannot hold.
            return text.replace('\0', '\uFFFD');
        }
        if (value instanceof scala.collection.Seq<?> elements && type instanceof ArrayType array) {
            List<?> list = scala.jdk.javaapi.CollectionConverters.asJava(elements);
            return connection.createArrayOf(PostgresTable.type(array.elementType()), list.toArray());
        }
        return value;
    }
}
