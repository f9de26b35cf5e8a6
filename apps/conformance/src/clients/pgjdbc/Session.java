import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.PGResultSetMetaData;
import org.postgresql.PGStatement;

/** One session of pgjdbc with a server. */
final class Session {
  /** Where the server is. */
  record Address(
      String host, int port, String user, String password, String database, Map<String, String> settings) {}

  /** What it calls settings of libpq's. */
  private static final Map<String, String> OWN_NAMES =
      Map.of("channel_binding", "channelBinding", "sslnegotiation", "sslNegotiation");

  private static final Pattern NUMBERED = Pattern.compile("\\$(\\d+)");
  private final Address address;
  private final Connection connection;
  private Connection simple;
  private Statement running;
  private CompletableFuture<Object> outcome;

  Session(Address address, String way) throws SQLException {
    this.address = address;
    this.connection = connect(way);
  }

  private Connection connect(String way) throws SQLException {
    String url = "jdbc:postgresql://%s:%d/%s?connectTimeout=10&%s".formatted(
        address.host, address.port, address.database, way);
    var settings = new Properties();
    settings.put("user", address.user);
    settings.put("password", address.password);
    settings.put("sslmode", "disable");
    // That of our keys in PEM.
    settings.put("pemKeyAlgorithm", "EC");
    if (address.settings != null) {
      address.settings.forEach((name, value) -> settings.put(OWN_NAMES.getOrDefault(name, name), value));
    }
    return DriverManager.getConnection(url, settings);
  }

  Object perform(Request asked) throws Exception {
    return switch (asked.ask()) {
      case "query" -> query(asked);
      case "script" -> script(asked.sql());
      case "batch" -> batch(asked);
      case "portions" -> portions(asked);
      case "copyOut" -> copyOut(asked);
      case "copyIn" -> copyIn(asked);
      case "start" -> start(asked.sql());
      case "cancel" -> cancel();
      case "result" -> result();
      case "close" -> close();
      default -> throw new IllegalArgumentException(asked.ask());
    };
  }

  private Object query(Request asked) throws SQLException {
    if (asked.parameters() == null && asked.mode() == null) {
      try (Statement statement = connection.createStatement()) {
        return resultOf(statement, statement.execute(asked.sql()));
      }
    }
    var parameters = asked.parameters() == null ? List.<Request.Parameter>of() : asked.parameters();
    try (PreparedStatement statement = prepare(asked.mode(), asked.sql(), parameters)) {
      return resultOf(statement, statement.execute());
    }
  }

  private PreparedStatement prepare(String mode, String sql, List<Request.Parameter> parameters) throws SQLException {
    PreparedStatement statement = on(mode).prepareStatement(NUMBERED.matcher(sql).replaceAll("?"));
    // -1 asks for the types of the result first, and then for binary; 0 never asks for binary.
    if (mode != null) {
      statement.unwrap(PGStatement.class).setPrepareThreshold(mode.equals("binary") ? -1 : 0);
    }
    bind(statement, sql, parameters);
    return statement;
  }

  private Connection on(String mode) throws SQLException {
    if (!"simple".equals(mode)) {
      return connection;
    }
    if (simple == null) {
      simple = connect("preferQueryMode=simple");
    }
    return simple;
  }

  /** JDBC's parameters have no numbers: one that is used twice is passed twice. */
  private void bind(PreparedStatement statement, String sql, List<Request.Parameter> parameters) throws SQLException {
    var numbers = NUMBERED.matcher(sql);
    for (int index = 1; numbers.find(); index += 1) {
      var parameter = parameters.get(Integer.parseInt(numbers.group(1)) - 1);
      Object value = Values.of(connection, parameter);
      if (value == null) {
        statement.setNull(index, Values.sqlType(parameter));
      } else {
        statement.setObject(index, value);
      }
    }
  }

  private Map<String, Object> resultOf(Statement statement, boolean hasRows) throws SQLException {
    if (!hasRows) {
      return result(List.of(), List.of(), "updated: " + statement.getUpdateCount());
    }
    try (ResultSet rows = statement.getResultSet()) {
      var shown = new ArrayList<List<String>>();
      while (rows.next()) {
        shown.add(Values.shown(rows));
      }
      return result(columnsOf(rows), shown, null);
    }
  }

  private static Map<String, Object> result(List<?> columns, List<?> rows, String tag) {
    var result = new HashMap<String, Object>();
    result.put("columns", columns);
    result.put("rows", rows);
    result.put("tag", tag);
    return result;
  }

  /** JDBC tells names of types in place of OIDs, and precision and scale in place of modifiers; pgjdbc also formats. */
  private static List<Map<String, Object>> columnsOf(ResultSet rows) throws SQLException {
    var columns = new ArrayList<Map<String, Object>>();
    var described = rows.getMetaData();
    for (int column = 1; column <= described.getColumnCount(); column += 1) {
      String name = described.getColumnTypeName(column);
      int format = described.unwrap(PGResultSetMetaData.class).getFormat(column);
      int precision = described.getPrecision(column);
      String type = "%s(%d, %d), format %d".formatted(name, precision, described.getScale(column), format);
      columns.add(Map.of("name", described.getColumnLabel(column), "type", type));
    }
    return columns;
  }

  private Object script(String sql) throws SQLException {
    var results = new ArrayList<Object>();
    try (Statement statement = connection.createStatement()) {
      boolean hasRows = statement.execute(sql);
      while (hasRows || statement.getUpdateCount() != -1) {
        results.add(resultOf(statement, hasRows));
        hasRows = statement.getMoreResults();
      }
    }
    return results;
  }

  private Object batch(Request asked) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NUMBERED.matcher(asked.sql()).replaceAll("?"))) {
      for (var parameters : asked.lists()) {
        bind(statement, asked.sql(), parameters);
        statement.addBatch();
      }
      statement.executeBatch();
      return null;
    }
  }

  /** The driver hides its portions: those of `size` rows are what it has asked for. */
  private Object portions(Request asked) throws SQLException {
    var portions = new ArrayList<List<List<String>>>();
    int most = asked.most() == null ? Integer.MAX_VALUE : asked.most();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(asked.size());
      try (ResultSet rows = statement.executeQuery(asked.sql())) {
        while (portions.size() < most && rows.next()) {
          var portion = new ArrayList<List<String>>();
          do {
            portion.add(Values.shown(rows));
          } while (portion.size() < asked.size() && rows.next());
          portions.add(portion);
        }
      }
      connection.commit();
    } finally {
      connection.setAutoCommit(true);
    }
    return portions;
  }

  private Object copyOut(Request asked) throws Exception {
    var output = new ByteArrayOutputStream();
    String sql = "COPY (%s) TO STDOUT (FORMAT %s)".formatted(asked.sql(), asked.format());
    connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql, output);
    return Base64.getEncoder().encodeToString(output.toByteArray());
  }

  private Object copyIn(Request asked) throws Exception {
    String target = asked.table() + " (" + String.join(", ", asked.columns()) + ")";
    String sql = "COPY %s FROM STDIN (FORMAT %s)".formatted(target, asked.format());
    var input = new ByteArrayInputStream(Base64.getDecoder().decode(asked.data()));
    return "COPY " + connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, input);
  }

  private Object start(String sql) throws SQLException {
    Statement statement = connection.createStatement();
    running = statement;
    outcome = new CompletableFuture<>();
    var thread = new Thread(() -> run(statement, sql, outcome));
    thread.setDaemon(true);
    thread.start();
    return null;
  }

  private void run(Statement statement, String sql, CompletableFuture<Object> settled) {
    try (statement) {
      settled.complete(resultOf(statement, statement.execute(sql)));
    } catch (SQLException error) {
      settled.completeExceptionally(error);
    }
  }

  private Object cancel() throws SQLException {
    running.cancel();
    return null;
  }

  private Object result() throws Exception {
    try {
      return outcome.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof SQLException error ? error : failed;
    }
  }

  private Object close() throws SQLException {
    if (simple != null) {
      simple.close();
    }
    connection.close();
    return null;
  }
}
