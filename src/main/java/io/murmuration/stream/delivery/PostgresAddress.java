package io.murmuration.stream.delivery;

import io.murmuration.batch.CallerException;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/**
 * Where a database is, and who comes.
 *
 * @param url as JDBC has it
 * @param settings of the connection, such as {@code user} and {@code password}
 */
public record PostgresAddress(String url, Map<String, String> settings) implements Serializable {
    private static final String PREFIX = "jdbc:postgresql:";
    private static final String DRIVER = "org.postgresql.Driver";

    public PostgresAddress {
        settings = Map.copyOf(settings);
        if (!url.startsWith(PREFIX)) {
            throw new CallerException("--deliver-jdbc is of the kind "
                    + url.replaceAll("^(jdbc:[^:]*:|[^:]*:?).*$", "$1")
                    + ", expected " + PREFIX + "//HOST/DATABASE: into no other database can a row be put twice and be"
                    + " there once");
        }
    }

    /** The address without what nobody else is to see. */
    String show() {
        return url.replaceAll("\\?.*$", "");
    }

    Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.putIfAbsent("reWriteBatchedInserts", "true");
        Connection connection = driver().connect(url, properties);
        if (connection == null) {
            throw new SQLException("the driver does not understand the address");
        }
        return connection;
    }

    /** By its name, and not from JDBC's manager, which knows no driver that came with an application. */
    private static Driver driver() {
        try {
            return Class.forName(DRIVER, true, Thread.currentThread().getContextClassLoader())
                    .asSubclass(Driver.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new CallerException("This Spark has no driver for PostgreSQL (--deliver-jdbc): give --conf"
                    + " spark.jars.packages=org.postgresql:postgresql:42.7.7");
        }
    }
}
