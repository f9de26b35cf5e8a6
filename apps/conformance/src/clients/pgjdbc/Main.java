import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.postgresql.util.DriverInfo;

/** pgjdbc as an agent: it answers requests, one line of JSON each, of the shape that agent.ts sends. */
final class Main {
  private static final Gson GSON = new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
  private static final Map<Integer, Session> SESSIONS = new HashMap<>();

  private Main() {}

  public static void main(String[] arguments) throws IOException {
    var requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    answers.println(GSON.toJson(Map.of("version", "pgjdbc " + DriverInfo.DRIVER_VERSION)));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      answers.println(GSON.toJson(answer(GSON.fromJson(line, JsonObject.class))));
    }
    System.exit(0);
  }

  private static Map<String, Object> answer(JsonObject asked) {
    var answer = new HashMap<String, Object>();
    try {
      answer.put("value", perform(asked));
    } catch (SQLException error) {
      String message = String.valueOf(error.getMessage());
      answer.put("error", Map.of("sqlstate", String.valueOf(error.getSQLState()), "message", message));
    } catch (Exception error) {
      answer.put("failure", error.toString());
    }
    return answer;
  }

  private static Object perform(JsonObject asked) throws Exception {
    int number = asked.get("connection").getAsInt();
    if (asked.get("ask").getAsString().equals("connect")) {
      String way = asked.has("way") ? asked.get("way").getAsString() : "";
      SESSIONS.put(number, new Session(GSON.fromJson(asked.get("address"), Session.Address.class), way));
      return null;
    }
    return SESSIONS.get(number).perform(GSON.fromJson(asked, Request.class));
  }
}
