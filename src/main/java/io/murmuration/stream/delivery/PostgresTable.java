package io.murmuration.stream.delivery;

import io.murmuration.batch.CallerException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A table of results in PostgreSQL: a column each. An array of numbers is an array there; an array of arrays is JSON, since
 * those of PostgreSQL are rectangular, and distributions are not of one length.
 *
 * @param name of the table, maybe behind that of its schema
 * @param columns of the results
 * @param keys columns that tell rows apart
 */
record PostgresTable(String name, StructType columns, List<String> keys) implements Serializable {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*(\\.[A-Za-z_][A-Za-z0-9_$]*)?");

    PostgresTable {
        if (!NAME.matcher(name).matches()) {
            throw new CallerException(
                    "--deliver-table is " + name + ", expected the name of a table, as results or" + " public.results");
        }
    }

    /** What a column of the results is there. */
    static String type(DataType type) {
        if (type instanceof ArrayType array) {
            return array.elementType() instanceof ArrayType ? "jsonb" : type(array.elementType()) + "[]";
        }
        if (type.equals(DataTypes.DoubleType)) {
            return "float8";
        }
        if (type.equals(DataTypes.FloatType)) {
            return "float4";
        }
        if (type.equals(DataTypes.LongType)) {
            return "int8";
        }
        if (type.equals(DataTypes.IntegerType)) {
            return "int4";
        }
        if (type.equals(DataTypes.BooleanType)) {
            return "bool";
        }
        return type.equals(DataTypes.TimestampType) ? "timestamptz" : "text";
    }

    private static String quoted(String identifier) {
        return '"' + identifier + '"';
    }

    private String table() {
        return Arrays.stream(name.split("\\.", -1)).map(PostgresTable::quoted).collect(Collectors.joining("."));
    }

    private static String joined(List<String> names) {
        return names.stream().map(PostgresTable::quoted).collect(Collectors.joining(", "));
    }

    /** Makes the table where there is none. */
    String create() {
        return "CREATE TABLE IF NOT EXISTS " + table() + " ("
                + Arrays.stream(columns.fields())
                        .map(field -> quoted(field.name()) + " " + type(field.dataType()))
                        .collect(Collectors.joining(", "))
                + ", PRIMARY KEY (" + joined(keys) + "))";
    }

    /** Puts a row, of a parameter a column, in the place of the one with the same keys. */
    String upsert() {
        return upsert(field -> "?::" + type(field.dataType()));
    }

    /** Fails where rows could not be put into the table, and does nothing otherwise. */
    String check() {
        return "EXPLAIN " + upsert(field -> "NULL::" + type(field.dataType()));
    }

    private String upsert(Function<StructField, String> value) {
        List<String> others = Arrays.stream(columns.fieldNames())
                .filter(column -> !keys.contains(column))
                .toList();
        return "INSERT INTO " + table() + " (" + joined(Arrays.asList(columns.fieldNames())) + ") VALUES ("
                + Arrays.stream(columns.fields()).map(value).collect(Collectors.joining(", ")) + ") ON CONFLICT ("
                + joined(keys) + ") DO "
                + (others.isEmpty()
                        ? "NOTHING"
                        : "UPDATE SET "
                                + others.stream()
                                        .map(column -> quoted(column) + " = EXCLUDED." + quoted(column))
                                        .collect(Collectors.joining(", ")));
    }
}
