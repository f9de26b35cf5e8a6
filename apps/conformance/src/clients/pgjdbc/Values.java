import com.google.gson.Gson;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Java's values of PostgreSQL's, both ways. */
final class Values {
  private Values() {}

  /** The value that a Java program would pass for a parameter. */
  static Object of(Connection connection, Request.Parameter parameter) throws SQLException {
    String text = parameter.text();
    if (text == null) {
      return null;
    }
    return switch (parameter.type()) {
      case "int2" -> Short.valueOf(text);
      case "int4" -> Integer.valueOf(text);
      case "int8" -> Long.valueOf(text);
      case "float4" -> Float.valueOf(text);
      case "float8" -> Double.valueOf(text);
      case "numeric" -> new BigDecimal(text);
      case "bool" -> Boolean.valueOf(text);
      case "bytea" -> HexFormat.of().parseHex(text);
      case "date" -> LocalDate.parse(text);
      case "time" -> LocalTime.parse(text);
      case "timestamp" -> LocalDateTime.parse(text.replace(' ', 'T'));
      case "timestamptz" -> OffsetDateTime.parse(text.replace(' ', 'T'));
      case "int4[]" -> connection.createArrayOf("int4", new Gson().fromJson(text, Integer[].class));
      case "text[]" -> connection.createArrayOf("text", new Gson().fromJson(text, String[].class));
      default -> text;
    };
  }

  /** The type of a parameter that is NULL. */
  static int sqlType(Request.Parameter parameter) {
    return switch (parameter.type()) {
      case "int2" -> Types.SMALLINT;
      case "int4" -> Types.INTEGER;
      case "int8" -> Types.BIGINT;
      case "float4" -> Types.REAL;
      case "float8" -> Types.DOUBLE;
      case "numeric" -> Types.NUMERIC;
      case "bool" -> Types.BOOLEAN;
      case "bytea" -> Types.BINARY;
      case "date" -> Types.DATE;
      case "time" -> Types.TIME;
      case "timestamp" -> Types.TIMESTAMP;
      case "timestamptz" -> Types.TIMESTAMP_WITH_TIMEZONE;
      case "int4[]", "text[]" -> Types.ARRAY;
      default -> Types.VARCHAR;
    };
  }

  /** A row's values as texts that show a value's type and all of it. */
  static List<String> shown(ResultSet rows) throws SQLException {
    var texts = new ArrayList<String>();
    for (int column = 1; column <= rows.getMetaData().getColumnCount(); column += 1) {
      texts.add(shown(rows, column));
    }
    return texts;
  }

  private static String shown(ResultSet rows, int column) throws SQLException {
    Object value = rows.getObject(column);
    if (value == null) {
      return "null";
    }
    String type = value.getClass().getSimpleName();
    if (value instanceof byte[] bytes) {
      return type + " " + HexFormat.of().formatHex(bytes);
    }
    if (value instanceof SQLXML) {
      return type + " " + rows.getString(column);
    }
    // What java.sql has for times has no microseconds, and no zone.
    Object exact =
        switch (rows.getMetaData().getColumnTypeName(column)) {
          case "time" -> rows.getObject(column, LocalTime.class);
          case "timestamp" -> rows.getObject(column, LocalDateTime.class);
          case "timestamptz" -> rows.getObject(column, OffsetDateTime.class);
          default -> rows.getString(column);
        };
    return type + " " + value + " " + exact;
  }
}
