package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.sample.demo.provider.SimulatedMiniMax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The runbook")
class RunbookIT {

  private static final Pattern BLOCK =
      Pattern.compile("^```(sh|sql)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final long MAX_SECONDS = 60;

  private final Map<String, String> variables =
      new HashMap<>(Map.of("JWT_SECRET", Given.JWT_SECRET));

  @TempDir private Path folder;

  @Test
  @DisplayName("can be followed as written, from the top to the end")
  void asWritten() throws Exception {
    Files.createSymbolicLink(folder.resolve("bin"), GatewayProcess.FOLDER.resolve("bin"));
    try (var provider = SimulatedMiniMax.start();
        var installation = new Installation(folder, provider.address());
        var gateway = installation.run()) {
      var calls = new Calls(gateway.awaitServing());
      sells(calls);
      variables.put("GATEWAY_URL", calls.client().gateway().toString());
      variables.put("GATEWAY_TOKEN", calls.admin());
      variables.put("USER_ID", "ada");
      variables.put("SUBSCRIPTION", only(installation, "select id from coding_plans.subscription"));
      variables.put(
          "CREDENTIAL",
          only(
              installation,
              """
              select id from coding_plans.credential
               where status = 'available' order by position desc limit 1"""));
      Files.writeString(
          folder.resolve("keys.txt"), "sk-sim-plus-0004::u-4\nsk-sim-plus-0005::u-5\n");

      var blocks = BLOCK.matcher(Files.readString(Path.of("RUNBOOK.md"))).results().toList();
      assertThat(blocks).hasSizeGreaterThan(15);
      for (var block : blocks) {
        switch (block.group(1)) {
          case "sh" -> runInShell(block.group(2));
          default -> runOnDatabase(installation, block.group(2));
        }
      }

      calls.assertReconciled();
      assertThat(gateway.output()).doesNotContain("sk-sim");
    }
  }

  private static void sells(Calls calls) {
    calls.stock(Calls.PLAN, List.of("sk-sim-plus-0001", "sk-sim-plus-0002", "sk-sim-plus-0003"));
    assertThat(calls.fund("ada").statusCode()).isEqualTo(201);
    assertThat(calls.buy("ada").statusCode()).isEqualTo(201);
  }

  private static String only(Installation installation, String sql) {
    var rows = installation.rows(sql);
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }

  private void runInShell(String script) throws IOException, InterruptedException {
    var output = Files.createTempFile(folder, "block", ".log");
    var builder =
        new ProcessBuilder("sh", "-eu", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(variables);
    var process = builder.start();
    try {
      assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).as(script).isTrue();
      assertThat(process.exitValue()).as("%s%n%s", script, Files.readString(output)).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  /** As a shell would, but with quotes that stay. */
  private void runOnDatabase(Installation installation, String sql) throws SQLException {
    var filledIn = sql;
    for (var variable : variables.entrySet()) {
      filledIn = filledIn.replace("$" + variable.getKey(), variable.getValue());
    }
    try (var connection = installation.connect();
        var statement = connection.createStatement()) {
      statement.execute(filledIn);
    }
  }
}
