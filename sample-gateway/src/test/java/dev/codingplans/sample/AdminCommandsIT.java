package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.codingplans.gateway.spi.identity.Caller.Role;
import dev.codingplans.sample.demo.provider.SimulatedMiniMax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An operator at the command line of the runnable folder")
class AdminCommandsIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> variables =
      new HashMap<>(Map.of("JWT_SECRET", Given.JWT_SECRET));

  @TempDir private Path folder;

  @Test
  @DisplayName(
      "fills the stock, watches what is sold, swaps, revokes, sweeps, reconciles, and rotates")
  void aDay() throws Exception {
    variables.put("GATEWAY_TOKEN", admin("token", "--sub", "root", "--role", "admin").strip());
    try (var provider = SimulatedMiniMax.start();
        // Who operates a gateway may also start one: these are not for it, and harm nothing.
        var installation =
            new Installation(folder, provider.address())
                .with("GATEWAY_URL", "http://127.0.0.1:1")
                .with("GATEWAY_TOKEN", variables.get("GATEWAY_TOKEN"));
        var gateway = installation.run()) {
      var calls = new Calls(gateway.awaitServing());
      variables.put("GATEWAY_URL", calls.client().gateway().toString());

      uploads();
      assertThat(calls.fund("ada").statusCode()).isEqualTo(201);
      assertThat(calls.buy("ada").statusCode()).isEqualTo(201);

      assertThat(admin("admin", "stock"))
          .containsPattern("minimax +" + Calls.PLAN + " +assigned +1\n")
          .containsPattern("minimax +" + Calls.PLAN + " +available +1\n");
      var subscription = json("admin", "subscriptions", "--user", "ada", "--json");
      var id = subscription.get("id").asText();
      assertThat(admin("admin", "subscriptions", "extend", id, "--days", "3")).contains("active");
      assertThat(admin("admin", "subscriptions", "cancel", id)).containsPattern("active +true");
      assertThat(admin("admin", "users", "AD")).containsPattern("ada +0.00 ");
      assertThat(json("admin", "sweep", "--json").get("errors").asInt()).isZero();
      assertThat(admin("admin", "reconcile")).contains("true").doesNotContain("false");
      swapsAndRevokes(id);
      refusals(id);
      grows();
      assertThat(gateway.output())
          .doesNotContain("sk-sim", variables.get("GATEWAY_TOKEN"), "GATEWAY_TOKEN");
    }
    var gone = command("admin", "stock");
    assertThat(gone.awaitExit()).isEqualTo(1);
    assertThat(gone.output()).contains("No gateway can be reached at ").doesNotContain("\tat ");
  }

  /** The line in the middle is none. */
  private void uploads() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("keys.txt"), "sk-sim-plus-0001::u-1\nnonsense\nsk-sim-plus-0002::u-2\n");
    var upload =
        command(
            "admin",
            "upload",
            "--provider",
            "minimax",
            "--plan",
            Calls.PLAN,
            "--partial",
            file.toString());

    assertThat(upload.awaitExit()).as(upload.output()).isEqualTo(1);
    assertThat(upload.output())
        .containsPattern("2 +malformed\n")
        .contains("1 malformed, 2 stored")
        .doesNotContain("sk-sim", "nonsense");
  }

  private void swapsAndRevokes(String id) throws IOException {
    assertThat(admin("admin", "swap", id)).containsPattern("active +true");
    var revocation = json("admin", "revocations", "--json").get("id").asText();
    assertThat(admin("admin", "revocations", "fail", "--reason", "no button", revocation))
        .contains("revocation_failed", "no button");
    assertThat(admin("admin", "revocations", "complete", revocation)).containsPattern(" revoked ");
    assertThat(json("admin", "rotate", "--json").get("state").asText()).isEqualTo("done");
    assertThat(admin("admin", "audit", "--limit", "100"))
        .containsPattern("root +revocation.complete ")
        .contains("credential.swap", "inventory.upload", "encryption.rotate");
  }

  private void refusals(String id) {
    assertThat(admin("admin", "subscriptions", "terminate", id)).contains("canceled");
    var again = command("admin", "subscriptions", "terminate", id);
    assertThat(again.awaitExit()).isEqualTo(1);
    assertThat(again.output()).contains("(invalid_state, correlation id ");

    var user = Map.of("GATEWAY_TOKEN", Given.token("ada", Role.USER, Map.of()));
    var refused = command(user, "admin", "stock");
    assertThat(refused.awaitExit()).isEqualTo(1);
    assertThat(refused.output()).contains("(forbidden, correlation id ");
  }

  /** I6 on the file that the gateway has made. */
  private void grows() throws IOException {
    var file = folder.resolve("keyset.json");
    assertThat(admin("keyset", "add", file.toString())).contains("(encrypts), ");
    assertThat(admin("admin", "keyset", "promote", file.toString())).contains("every node");
    assertThat(JSON.readTree(file.toFile()).at("/encryption/key")).hasSize(2);
  }

  private JsonNode json(String... words) throws IOException {
    return JSON.readTree(admin(words));
  }

  /** Returns what a command prints that succeeds. */
  private String admin(String... words) {
    var command = command(words);
    assertThat(command.awaitExit()).as(command.output()).isZero();
    return command.output();
  }

  private GatewayProcess command(String... words) {
    return command(Map.of(), words);
  }

  private GatewayProcess command(Map<String, String> changes, String... words) {
    var all = new HashMap<>(variables);
    all.putAll(changes);
    return GatewayProcess.run(folder, all, words);
  }
}
