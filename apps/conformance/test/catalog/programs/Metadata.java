import com.google.gson.GsonBuilder;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What pgjdbc's DatabaseMetaData finds out about a schema, as JSON: one line for each question. */
class Metadata {
  interface Asked {
    ResultSet ask() throws SQLException;
  }

  public static void main(String[] parameters) throws SQLException {
    String url = "jdbc:postgresql://" + parameters[0] + ":" + parameters[1] + "/" + parameters[4];
    try (Connection connection = DriverManager.getConnection(url, parameters[2], parameters[3])) {
      DatabaseMetaData data = connection.getMetaData();
      answer("product", List.of(data.getDatabaseProductName(), data.getDatabaseMajorVersion(), data.getUserName()));
      answer("limits", List.of(data.getMaxColumnNameLength(), data.getMaxIndexLength(), data.getIdentifierQuoteString()));
      answer("words", List.of(data.getSQLKeywords(), data.supportsTransactions()));
      answer("getCatalogs", named(data.getCatalogs(), "TABLE_CAT", parameters[4]));
      answer("getSchemas", data.getSchemas(null, "s%"));
      answer("getTableTypes", data.getTableTypes());
      answer("getTables", data.getTables(null, "shop", "%", null));
      answer("getTables of types", data.getTables(null, "shop", "o%", new String[] {"TABLE", "VIEW"}));
      answer("getColumns", data.getColumns(null, "shop", "%", "%"));
      for (String table : List.of("orders", "customers", "lines", "mv")) {
        answer("getPrimaryKeys", data.getPrimaryKeys(null, "shop", table));
        answer("getImportedKeys", data.getImportedKeys(null, "shop", table));
        answer("getExportedKeys", data.getExportedKeys(null, "shop", table));
        answer("getIndexInfo", data.getIndexInfo(null, "shop", table, false, true));
        answer("getBestRowIdentifier", data.getBestRowIdentifier(null, "shop", table, DatabaseMetaData.bestRowSession, true));
        answer("getVersionColumns", data.getVersionColumns(null, "shop", table));
      }
      answer("getCrossReference", data.getCrossReference(null, "shop", "customers", null, "shop", "orders"));
      answer("getUDTs", data.getUDTs(null, "shop", "%", null));
      answer("getProcedures", data.getProcedures(null, "shop", "%"));
      answer("getFunctions", data.getFunctions(null, "shop", "%"));
      answer("getFunctionColumns", data.getFunctionColumns(null, "pg_catalog", "generate_series", "%"));
      answer("getClientInfoProperties", data.getClientInfoProperties());
      answer("getTypeInfo", named(data.getTypeInfo(), "TYPE_NAME", "int8", "numeric", "_text", "mood", "postcode", "jsonb"));
      // The driver asks which table a column of a result is of.
      ResultSetMetaData columns =
          connection.prepareStatement("SELECT relname, reltuples FROM pg_class").getMetaData();
      answer("getMetaData", List.of(columns.getTableName(1), columns.isNullable(1), columns.getColumnTypeName(2)));
    }
  }

  static void answer(String question, Object value) {
    System.out.println(new GsonBuilder().serializeNulls().create().toJson(List.of(question, value)));
  }

  static void answer(String question, ResultSet rows) throws SQLException {
    answer(question, (Object) named(rows, ""));
  }

  /** All rows as text, or those that have one of these values in the column. */
  static List<List<String>> named(ResultSet rows, String column, String... values) throws SQLException {
    List<List<String>> found = new ArrayList<>();
    int count = rows.getMetaData().getColumnCount();
    while (rows.next()) {
      if (values.length > 0 && !List.of(values).contains(rows.getString(column))) continue;
      List<String> row = new ArrayList<>();
      for (int at = 1; at <= count; at++) row.add(rows.getMetaData().getColumnName(at) + "=" + rows.getString(at));
      found.add(row);
    }
    return found;
  }
}
