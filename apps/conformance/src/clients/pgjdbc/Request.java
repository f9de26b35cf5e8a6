import java.util.List;

/** What is asked of a connection: the fields that the request has, the others null. */
record Request(
    String ask,
    String sql,
    String mode,
    List<Parameter> parameters,
    List<List<Parameter>> lists,
    int size,
    Integer most,
    String table,
    List<String> columns,
    String format,
    String data) {

  /** A value by its PostgreSQL type. */
  record Parameter(String type, String text) {}
}
